import type { ChangeCoverage, Config, CoverageMapData } from "../../types.js";
import { writePages } from "../html/ownPages.js";
import type { ReportWriter } from "../reportWriter.js";
import { writeGithub } from "./github.js";
import { writeMarkdown } from "./markdown.js";
import { writePartials } from "./partial.js";
import { writeSonar } from "./sonar.js";

/** What a reporter of ours gets. */
export interface OwnReport {
  readonly config: Config;
  readonly coverage: CoverageMapData;
  /** What is covered of the change since some commit; null where that was not asked for. */
  readonly change: ChangeCoverage | null;
  /** The coverage to compare with; "missing" where what was named is not there. */
  readonly base: CoverageMapData | "missing" | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly writer: ReportWriter;
}

export type OwnReporter = (report: OwnReport) => void;

/** The reporters that Istanbul does not have, and those that take the place of Istanbul's. */
export const ownReporters: ReadonlyMap<string, OwnReporter> = new Map([
  ["html-lua", writePages],
  ["partial", writePartials],
  ["markdown", writeMarkdown],
  ["github", writeGithub],
  ["sonar", writeSonar],
]);
