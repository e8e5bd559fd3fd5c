/** Lines from the first to the last one, counted from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** What was added or changed since some commit. */
export interface Change {
  /** What a user calls that commit. */
  readonly since: string;
  /** Lines of files that are there, by absolute path. */
  readonly files: ReadonlyMap<string, readonly LineRange[]>;
}

/** How often a line of a change ran. */
export interface ChangedLine {
  readonly line: number;
  readonly hits: number;
}

/** How often a way was taken that a change touched: from the line of a change, to `then`, `else`, `#2` or the like. */
export interface ChangedWay {
  readonly line: number;
  readonly to: string;
  readonly count: number;
}

/** What a change touched in a measured file. */
export interface ChangedFile {
  readonly path: string;
  readonly lines: readonly ChangedLine[];
  readonly branches: readonly ChangedWay[];
}

/** What of a change is covered. */
export interface ChangeCoverage {
  readonly since: string;
  readonly files: readonly ChangedFile[];
  /** Changed files that would be measured, but that nothing has loaded. */
  readonly unknown: readonly string[];
}
