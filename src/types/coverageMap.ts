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

export type Metric = "lines" | "functions" | "statements" | "branches";

/** Percentages below which a run fails, from 0 to 100. */
export type Thresholds = Readonly<Record<Metric, number>>;

/** Percentages at which colours change: below the first is low, from the second on is high. */
export type Watermarks = Readonly<Record<Metric, [low: number, high: number]>>;

/** A threshold that was missed; `file` is null for the total of all files. */
export interface Violation {
  readonly metric: Metric;
  readonly actual: number;
  readonly threshold: number;
  readonly file: string | null;
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
