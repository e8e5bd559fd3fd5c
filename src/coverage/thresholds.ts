import type { CoverageMapData, Figure, Metric, Thresholds, Violation } from "../types.js";
import { type Figures, figuresOf, percentOf, sumOfFigures } from "./figures.js";

/** Thresholds and the files that they are for. */
export interface Limit {
  readonly scope: Violation["scope"];
  readonly thresholds: Partial<Thresholds>;
  readonly perFile: boolean;
  includes(file: string): boolean;
}

/** What the files of a limit have reached: all together, or each for itself. */
export interface Checked {
  readonly limit: Limit;
  /** `file` is null for all together; none where the limit is for no file of the coverage map. */
  readonly reached: readonly { readonly file: string | null; readonly figures: Figures }[];
}

/** Joins limits with what was reached. */
export function check(coverage: CoverageMapData, limits: readonly Limit[]): Checked[] {
  const files = Object.values(coverage).map((data) => ({ file: data.path, figures: figuresOf(data) }));
  return limits.map((limit) => {
    const own = files.filter(({ file }) => limit.includes(file));
    if (limit.perFile || own.length === 0) return { limit, reached: own };
    return { limit, reached: [{ file: null, figures: sumOfFigures(own.map(({ figures }) => figures)) }] };
  });
}

/** The thresholds that were missed. */
export function violationsIn(checked: readonly Checked[]): Violation[] {
  return checked.flatMap(({ limit, reached }) =>
    reached.flatMap(({ file, figures }) =>
      thresholdsOf(limit)
        .filter(([metric, threshold]) => isMissed(figures[metric], threshold))
        .map(([metric, threshold]) => ({
          metric,
          actual: percentOf(figures[metric]),
          uncovered: uncoveredOf(figures[metric]),
          threshold,
          file,
          scope: limit.scope,
        })),
    ),
  );
}

/** A threshold of 0 is always met, one below 0 is a number of items. */
export function isMissed(figure: Figure, threshold: number): boolean {
  return threshold < 0 ? uncoveredOf(figure) > -threshold : percentOf(figure) < threshold;
}

export function thresholdsOf({ thresholds }: Pick<Limit, "thresholds">): [Metric, number][] {
  const { lines, functions, branches, statements, conditions } = thresholds;
  const all = { lines, functions, branches, statements, conditions } satisfies Partial<
    Record<Metric, number | undefined>
  >;
  return metrics.flatMap((metric) => {
    const threshold = all[metric];
    return threshold === undefined ? [] : [[metric, threshold] as [Metric, number]];
  });
}

const metrics: readonly Metric[] = ["lines", "functions", "branches", "statements", "conditions"];

export const uncoveredOf = ({ covered, total }: Figure) => total - covered;
