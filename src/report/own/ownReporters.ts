import type { Config, CoverageMapData } from "../../types.js";
import type { ReportWriter } from "../reportWriter.js";
import { writePartials } from "./partial.js";

/** What a reporter of ours gets. */
export interface OwnReport {
  readonly config: Config;
  readonly coverage: CoverageMapData;
  readonly options: Readonly<Record<string, unknown>>;
  readonly writer: ReportWriter;
}

export type OwnReporter = (report: OwnReport) => void;

/** The reporters that Istanbul does not have, and those that take the place of Istanbul's. */
export const ownReporters: ReadonlyMap<string, OwnReporter> = new Map([["partial", writePartials]]);
