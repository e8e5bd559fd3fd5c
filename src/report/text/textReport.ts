import type { CoverageSummary, FileCoverage } from "istanbul-lib-coverage";
import type { Context, ReportBase } from "istanbul-lib-report";
import type { FileCoverageData, Watermarks } from "../../types.js";
import { istanbulLibReport } from "../istanbul.js";
import { type Color, type Row, tableOf } from "./table.js";
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
  const rows: FileRow[] = [];
  const add = (node: TreeNode, context: Context) => {
    const row = rowOf(node, context);
    if (!(options.skipEmpty === true && row.isEmpty) && !(options.skipFull === true && row.isFull))
      rows.push(row);
  };
  const onEnd = (context: Context) => {
    const writer = context.writer.writeFile(file);
    const colorize = (text: string, color: string) => writer.colorize(text, color);
    for (const line of tableOf(rows, { titles, lastTitle, maxCols, colorize })) writer.println(line);
    writer.close();
  };
  return Object.assign(new ReportBase(options), {
    onSummary: add,
    onDetail: add,
    onEnd: (_: TreeNode, context: Context) => onEnd(context),
  });
}

interface FileRow extends Row {
  readonly isEmpty: boolean;
  readonly isFull: boolean;
}

const metrics: readonly (keyof Watermarks)[] = ["statements", "branches", "functions", "lines"];
const titles = ["% Stmts", "% Branch", "% Funcs", "% Lines"];
const lastTitle = "Uncovered Line #s";

function rowOf(node: TreeNode, context: Context): FileRow {
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
    items: node.isSummary() ? [] : uncoveredItems(dataOf(node.getFileCoverage())),
    itemsColor: percents[3] === 100 ? "medium" : "low",
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
