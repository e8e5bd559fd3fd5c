import type { FileCoverageData as IstanbulFileCoverageData } from "istanbul-lib-coverage";

/** Istanbul's coverage of one file, with the optional keys that its published types leave out. */
export interface FileCoverageData extends IstanbulFileCoverageData {
  /** True for a file that was never loaded. */
  all?: boolean;
  /** Like `b`, how often each operand of a chain was true (istanbul-lib-coverage's reportLogic). */
  bT?: Record<string, number[]>;
}

/** An Istanbul coverage map as plain data, by absolute path. */
export type CoverageMapData = Record<string, FileCoverageData>;

export type Metric = "lines" | "functions" | "statements" | "branches" | "conditions";

/**
 * What makes a run fail: a number from 0 to 100 is the least percentage, one below 0 the largest number of items
 * that are not covered.
 */
export type Thresholds = Readonly<Record<Metric, number>>;

/** Thresholds for the files that a glob matches, counted by themselves. */
export interface GlobThresholds {
  readonly glob: string;
  readonly thresholds: Partial<Thresholds>;
  /** Whether each of the files has to meet them. */
  readonly perFile: boolean;
}

/** Percentages at which colours change: below the first is low, from the second on is high. */
export type Watermarks = Readonly<Record<Exclude<Metric, "conditions">, [low: number, high: number]>>;

/** How much of something is covered. */
export interface Figure {
  readonly covered: number;
  readonly total: number;
}

/** A threshold that was missed. */
export interface Violation {
  readonly metric: Metric;
  /** The percentage that is covered. */
  readonly actual: number;
  /** How many items are not covered. */
  readonly uncovered: number;
  readonly threshold: number;
  /** The file that misses it; null for several files together. */
  readonly file: string | null;
  /** Whose threshold it is: that of all files, of those that a glob matches, or of what a change touched. */
  readonly scope: "global" | "change" | { readonly glob: string };
}

/** What LuaCov's stats files say of lines, also of those where no statement begins. */
export interface LineCounts {
  /** How often each line was hit, from the first one on, by the absolute path of its file. */
  readonly byFile: ReadonlyMap<string, readonly number[]>;
  /** The files that nobody else has measured. */
  readonly alone: ReadonlySet<string>;
  /** The greatest count of all. */
  readonly greatest: number;
}
