import type { CoverageSummary, FileCoverage } from "istanbul-lib-coverage";
import type { ContentWriter, Context, ReportBase } from "istanbul-lib-report";
import type { FileCoverageData, Watermarks } from "../../types.js";
import { istanbulLibReport } from "../istanbul.js";
import { uncoveredItems } from "./uncovered.js";

/** A folder or file of Istanbul's tree. */
interface TreeNode {
  isSummary(): boolean;
  getRelativeName(): string;
  getParent(): TreeNode | null;
  getCoverageSummary(): CoverageSummary;
  getFileCoverage(): FileCoverage;
}

/**
 * Istanbul's table, which says in its last column also which ways were not taken, and uses the room for it that there
 *  is. What has no room is left out from the end on. Options are Istanbul's: `maxCols` (0 for as wide as it likes, as in a
 * pipe), `skipEmpty`, `skipFull`, `file`.
 */
export function createTextReport(options: Readonly<Record<string, unknown>>): ReportBase {
  const { ReportBase } = istanbulLibReport();
  const maxCols = typeof options.maxCols === "number" ? options.maxCols : 0;
  const file = typeof options.file === "string" ? options.file : null;
  const rows: Row[] = [];
  const add = (node: TreeNode, context: Context) => {
    const row = rowOf(node, context);
    if (!(options.skipEmpty === true && row.isEmpty) && !(options.skipFull === true && row.isFull))
      rows.push(row);
  };
  const onEnd = (context: Context) => {
    const writer = context.writer.writeFile(file);
    for (const line of tableOf(rows, maxCols, writer)) writer.println(line);
    writer.close();
  };
  return Object.assign(new ReportBase(options), {
    onSummary: add,
    onDetail: add,
    onEnd: (_: TreeNode, context: Context) => onEnd(context),
  });
}

type Color = "low" | "medium" | "high" | null;

interface Cell {
  readonly text: string;
  readonly color: Color;
}

interface Row {
  readonly name: Cell;
  readonly figures: readonly Cell[];
  readonly uncovered: readonly string[];
  readonly uncoveredColor: Color;
  readonly isEmpty: boolean;
  readonly isFull: boolean;
}

const metrics: readonly (keyof Watermarks)[] = ["statements", "branches", "functions", "lines"];
const titles = ["% Stmts", "% Branch", "% Funcs", "% Lines"];
const lastTitle = "Uncovered Line #s";
const delimiter = " | ";

function rowOf(node: TreeNode, context: Context): Row {
  const summary = node.getCoverageSummary();
  const isEmpty = summary.isEmpty();
  const percents = metrics.map((metric) => (isEmpty ? 0 : summary[metric].pct));
  const colors = metrics.map((metric, index) =>
    isEmpty ? null : colorOf(context, metric, percents[index] ?? 0),
  );
  const text = " ".repeat(depthOf(node)) + (node.getRelativeName() || "All files");
  return {
    name: { text, color: colors[0] ?? null },
    figures: percents.map((percent, index) => ({ text: String(percent), color: colors[index] ?? null })),
    uncovered: node.isSummary() ? [] : uncoveredItems(dataOf(node.getFileCoverage())),
    uncoveredColor: percents[3] === 100 ? "medium" : "low",
    isEmpty,
    isFull: metrics.every((metric) => summary[metric].pct === 100),
  };
}

function dataOf({ data }: FileCoverage): FileCoverageData {
  return data;
}

function colorOf(context: Context, metric: keyof Watermarks, percent: number): Color {
  const name = context.classForPercent(metric, percent);
  return name === "low" || name === "medium" || name === "high" ? name : null;
}

function depthOf(node: TreeNode): number {
  const parent = node.getParent();
  return parent === null ? 0 : 1 + depthOf(parent);
}

function tableOf(rows: readonly Row[], maxCols: number, writer: ContentWriter): string[] {
  const widths = widthsOf(rows, maxCols);
  const rule = "-".repeat(widths.name) + titles.map(({ length }) => `-|${"-".repeat(length + 1)}`).join("");
  const line = `${rule}-|${"-".repeat(widths.uncovered + 2)}`;
  const header = ["File".padEnd(widths.name), ...titles, lastTitle.padEnd(widths.uncovered)].join(delimiter);
  const body = rows.map((row) => {
    const cells: Cell[] = [
      { ...row.name, text: nameIn(row.name.text, widths.name) },
      ...row.figures.map((cell, index) => ({
        ...cell,
        text: cell.text.padStart(titles[index]?.length ?? 0),
      })),
      { text: fitting(row.uncovered, widths.uncovered).padEnd(widths.uncovered), color: row.uncoveredColor },
    ];
    return cells.map((cell) => colored(cell, writer)).join(delimiter);
  });
  return [line, `${header} `, line, ...body.map((each) => `${each} `), line];
}

function colored({ text, color }: Cell, writer: ContentWriter): string {
  return color === null ? text : writer.colorize(text, color);
}

/** Names give way before the title of the last column does. */
function widthsOf(
  rows: readonly Row[],
  maxCols: number,
): { readonly name: number; readonly uncovered: number } {
  const name = Math.max("File".length, ...rows.map((row) => row.name.text.length));
  const uncovered = Math.max(lastTitle.length, ...rows.map((row) => row.uncovered.join(",").length));
  if (maxCols <= 0) return { name, uncovered };
  const figures = titles.reduce((sum, { length }) => sum + length + delimiter.length, delimiter.length + 1);
  const room = maxCols - figures;
  const narrow = Math.min(name, Math.max("File".length + 4, room - lastTitle.length));
  return { name: narrow, uncovered: Math.min(uncovered, Math.max(lastTitle.length, room - narrow)) };
}

/** The end of a name says most of it. */
function nameIn(name: string, width: number): string {
  return name.length <= width ? name.padEnd(width) : `…${name.slice(name.length - width + 1)}`;
}

function fitting(items: readonly string[], width: number): string {
  const all = items.join(",");
  if (all.length <= width) return all;
  let text = "";
  for (const item of items) {
    const longer = `${text}${item},`;
    if (longer.length + 1 > width) break;
    text = longer;
  }
  return `${text}…`;
}
