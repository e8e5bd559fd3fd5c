import type { ChangeCoverage, Config, CoverageMapData } from "../../types.js";
import type { ReportWriter } from "../reportWriter.js";
import { writePartials } from "./partial.js";

/** What a reporter of ours gets. */
export interface OwnReport {
  readonly config: Config;
  readonly coverage: CoverageMapData;
  /** What is covered of the change since some commit; null where that was not asked for. */
  readonly change: ChangeCoverage | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly writer: ReportWriter;
}

export type OwnReporter = (report: OwnReport) => void;

/** The reporters that Istanbul does not have, and those that take the place of Istanbul's. */
export const ownReporters: ReadonlyMap<string, OwnReporter> = new Map([["partial", writePartials]]);
