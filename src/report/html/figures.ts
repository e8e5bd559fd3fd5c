import type { CoverageSummary } from "istanbul-lib-coverage";
import type { Context } from "istanbul-lib-report";

export const metrics = ["lines", "statements", "functions", "branches"] as const;
export type Metric = (typeof metrics)[number];

export const titles: Readonly<Record<Metric, string>> = {
  lines: "Lines",
  statements: "Statements",
  functions: "Functions",
  branches: "Branches",
};

/** How much of a metric is covered. */
export interface Figure {
  readonly metric: Metric;
  readonly covered: number;
  readonly total: number;
  /** As Istanbul cuts it. */
  readonly percent: number;
  /** By the watermarks; `none` where there is nothing to cover. */
  readonly level: string;
}

export function figuresOf(summary: CoverageSummary, context: Pick<Context, "classForPercent">): Figure[] {
  return metrics.map((metric) => {
    const { covered, total, pct } = summary[metric];
    const percent = typeof pct === "number" ? pct : 100;
    const level = total === 0 ? "none" : context.classForPercent(metric, percent);
    return { metric, covered, total, percent, level };
  });
}

export function bar({ percent, total }: Figure): string {
  const width = total === 0 ? 0 : percent;
  return `<svg class=bar viewBox="0 0 100 8" preserveAspectRatio=none aria-hidden=true><rect width=${width} height=8 /></svg>`;
}

export function percentText({ percent, total }: Figure): string {
  return total === 0 ? "–" : `${percent}%`;
}
