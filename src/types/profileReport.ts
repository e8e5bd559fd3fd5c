/** What is written of a profile. */
export type ProfileReporterName =
  | "table"
  | "cpuprofile"
  | "collapsed"
  | "speedscope"
  | "dot"
  | "svg"
  | "flamegraph";

/** What a profile is reported as, and how its table is made. */
export interface ProfileReportOptions {
  readonly profileReporter: readonly ProfileReporterName[];
  /** What a row of the table is about. */
  readonly profileBy: "function" | "line" | "file";
  readonly profileSort: "self" | "total" | "calls" | "allocated" | "name";
  /** How many rows the table has. */
  readonly profileLimit: number;
}
