import istanbul from "istanbul-lib-coverage";
import type { ChangedFile, Figure, FileCoverageData, Metric } from "../types.js";

/** How much of a file, or of several, is covered, by metric. */
export type Figures = Readonly<Record<Metric, Figure>>;

/** Lines, functions, branches and statements as Istanbul counts them, and conditions as we do. */
export function figuresOf(file: FileCoverageData): Figures {
  const { lines, functions, branches, statements } = istanbul.createFileCoverage(file).toSummary().data;
  return { lines, functions, branches, statements, conditions: conditionsOf(file) };
}

/** How much of what a change touched in a file is covered, in lines and in branches. */
export const figureOfLines = ({ lines }: ChangedFile) => figureOf(lines.map(({ hits }) => hits));
export const figureOfWays = ({ branches }: ChangedFile) => figureOf(branches.map(({ count }) => count));

function figureOf(counts: readonly number[]): Figure {
  return { covered: counts.filter((count) => count > 0).length, total: counts.length };
}

export function sumOfFigures(all: readonly Figures[]): Figures {
  const sum = (metric: Metric) => sumOfFigure(all.map((figures) => figures[metric]));
  return {
    lines: sum("lines"),
    functions: sum("functions"),
    branches: sum("branches"),
    statements: sum("statements"),
    conditions: sum("conditions"),
  };
}

export function sumOfFigure(figures: readonly Figure[]): Figure {
  return figures.reduce(
    (sum, { covered, total }) => ({ covered: sum.covered + covered, total: sum.total + total }),
    { covered: 0, total: 0 },
  );
}

/** With two decimals, rounded down, and 100 for nothing, as Istanbul has it. */
export function percentOf({ covered, total }: Figure): number {
  return total === 0 ? 100 : Math.floor((100 * 100 * covered) / total) / 100;
}

/** Each operand of `and` and `or` whose truth something tests has to be true once and false once. */
function conditionsOf({ branchMap, b, bT }: FileCoverageData): Figure {
  const outcomes = Object.entries(branchMap)
    .filter(([, { type }]) => type === "binary-expr")
    .flatMap(([key]) =>
      (bT?.[key] ?? []).flatMap((truthy, index) => [truthy, (b[key]?.[index] ?? 0) - truthy]),
    );
  return figureOf(outcomes);
}
