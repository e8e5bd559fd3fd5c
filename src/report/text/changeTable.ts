import path from "node:path";
import { figureOfLines, figureOfWays, percentOf, sumOfFigure } from "../../coverage/figures.js";
import { visibleName } from "../../files/visible.js";
import type { ChangeCoverage, ChangedFile, Figure, Watermarks } from "../../types.js";
import { type Color, type Row, type TableOptions, tableOf } from "./table.js";
import { rangesOf } from "./uncovered.js";

interface ChangeTableOptions extends Pick<TableOptions, "maxCols" | "colorize"> {
  readonly root: string;
  readonly watermarks: Watermarks;
}

/** What of a change is covered, as a table with a row for each file. */
export function changeTable(change: ChangeCoverage, options: ChangeTableOptions): string[] {
  const title = `Changed since ${visibleName(change.since)}`;
  if (change.files.length === 0) return [`${title}: nothing that is measured`];
  const all = rowOf("All changes", change.files, [], options.watermarks);
  const files = change.files.map((file) => {
    const name = visibleName(path.relative(options.root, file.path));
    return rowOf(` ${name}`, [file], uncoveredOf(file), options.watermarks);
  });
  const lastTitle = "Uncovered in the change";
  return [
    `${title}:`,
    ...tableOf([all, ...files], { ...options, titles: ["% Lines", "% Branch"], lastTitle }),
  ];
}

/** The lines of a change that did not run, and the ways that were never taken from those that did. */
export function uncoveredOf({ lines, branches }: ChangedFile): string[] {
  const missing = new Set(lines.filter(({ hits }) => hits === 0).map(({ line }) => line));
  const ranges = rangesOf(lines.map(({ line, hits }) => ({ line, isMissing: hits === 0 })));
  const ways = branches
    .filter(({ line, count }) => count === 0 && !missing.has(line))
    .map(({ line, to }) => ({ line, last: line, text: `${line}->${to}` }));
  const items = [...ranges, ...ways].sort((a, b) => a.line - b.line);
  return [...new Set(items.map(({ text }) => text))];
}

function rowOf(
  name: string,
  files: readonly ChangedFile[],
  items: readonly string[],
  watermarks: Watermarks,
): Row {
  const lines = sumOfFigure(files.map(figureOfLines));
  const branches = sumOfFigure(files.map(figureOfWays));
  const [lineColor, branchColor] = [colorOf(lines, watermarks.lines), colorOf(branches, watermarks.branches)];
  const cell = (figure: Figure, color: Color) => ({ text: shown(figure), color });
  return {
    name: { text: name, color: lineColor },
    figures: [cell(lines, lineColor), cell(branches, branchColor)],
    items,
    itemsColor: percentOf(lines) === 100 ? "medium" : "low",
  };
}

function shown(figure: Figure): string {
  return figure.total === 0 ? "-" : String(percentOf(figure));
}

function colorOf(figure: Figure, [low, high]: readonly [number, number]): Color {
  if (figure.total === 0) return null;
  const percent = percentOf(figure);
  if (percent < low) return "low";
  return percent < high ? "medium" : "high";
}
