import type { Context } from "istanbul-lib-report";
import { type Figures, percentOf } from "../../coverage/figures.js";
import type { Metric } from "../../types.js";

const metrics = ["lines", "statements", "functions", "branches", "conditions"] as const;

export const titles: Readonly<Record<Metric, string>> = {
  lines: "Lines",
  statements: "Statements",
  functions: "Functions",
  branches: "Branches",
  conditions: "Conditions",
};

/** How much of a metric is covered, as a page shows it. */
export interface ShownFigure {
  readonly metric: Metric;
  readonly covered: number;
  readonly total: number;
  /** As Istanbul cuts it. */
  readonly percent: number;
  /** By the watermarks, for conditions those of branches; `none` where there is nothing to cover. */
  readonly level: string;
}

export function shownFigures(figures: Figures, context: Pick<Context, "classForPercent">): ShownFigure[] {
  return metrics.map((metric) => {
    const { covered, total } = figures[metric];
    const percent = percentOf({ covered, total });
    const watermark = metric === "conditions" ? "branches" : metric;
    const level = total === 0 ? "none" : context.classForPercent(watermark, percent);
    return { metric, covered, total, percent, level };
  });
}

export function bar({ percent, total }: ShownFigure): string {
  const width = total === 0 ? 0 : percent;
  return `<svg class=bar viewBox="0 0 100 8" preserveAspectRatio=none aria-hidden=true><rect width=${width} height=8 /></svg>`;
}

export function percentText({ percent, total }: ShownFigure): string {
  return total === 0 ? "–" : `${percent}%`;
}
