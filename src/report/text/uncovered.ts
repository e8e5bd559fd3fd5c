import type { BranchMapping, Range } from "istanbul-lib-coverage";
import istanbul from "istanbul-lib-coverage";
import { wayName } from "../../coverage/ways.js";
import type { FileCoverageData } from "../../types.js";

/**
 * The lines of a file that did not run, as ranges over lines without code, and the ways that never were taken from lines
 * that ran: `3-5`, `12->else`. As in coverage.py a way that leads to such a line is not told as well.
 */
export function uncoveredItems(file: FileCoverageData): string[] {
  const hits = Object.entries(istanbul.createFileCoverage(file).getLineCoverage());
  const lines = hits.map(([line, count]) => ({ line: Number(line), isMissing: count === 0 }));
  const ranges = rangesOf(lines);
  const missing = lines.filter(({ isMissing }) => isMissing).map(({ line }) => line);
  const items = [...ranges, ...partialItems(file, missing)];
  return [...new Set(items.sort((a, b) => a.line - b.line).map(({ text }) => text))];
}

/** A way from a line, by where it leads. */
export interface UntakenWay {
  readonly line: number;
  readonly to: string;
}

/** The ways that never were taken from places that were reached, as far as no line in `missing` (in order) tells of them. */
export function untakenWays(file: FileCoverageData, missing: readonly number[]): UntakenWay[] {
  return Object.entries(file.branchMap).flatMap(([key, branch]) => {
    const counts = file.b[key] ?? [];
    if (!counts.some((count) => count > 0)) return [];
    return counts.flatMap((count, index) => {
      if (count > 0 || isTold(branch, index, missing)) return [];
      const line = lineOf(branch, index);
      return line === undefined ? [] : [{ line, to: wayName(branch.type, index) }];
    });
  });
}

export interface Item {
  readonly line: number;
  readonly last: number;
  readonly text: string;
}

function partialItems(file: FileCoverageData, missing: readonly number[]): Item[] {
  return untakenWays(file, missing).map(({ line, to }) => ({ line, last: line, text: `${line}->${to}` }));
}

/** An operand stands for itself; what else there is begins where its condition is. */
function lineOf({ type, loc, locations }: BranchMapping, index: number): number | undefined {
  return (type === "binary-expr" ? locations[index] : loc)?.start.line;
}

/** Whether lines of an arm itself did not run. An `else` that is not written has the place of the whole. */
function isTold({ type, loc, locations }: BranchMapping, index: number, missing: readonly number[]): boolean {
  if (type === "binary-expr") return false;
  const arm = locations[index];
  const other = locations[1 - index];
  if (arm === undefined || (index === 1 && other !== undefined && isSame(arm, other))) return false;
  const first = index === 0 ? loc.start.line : arm.start.line - 1;
  const isLoopEnd = type === "loop" && index === 1;
  return !isLoopEnd && (firstAbove(missing, first) ?? Number.POSITIVE_INFINITY) <= arm.end.line;
}

/** In lines that are in their order; a file may have thousands of them, and of branches. */
function firstAbove(lines: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= least) low = middle + 1;
    else high = middle;
  }
  return lines[low];
}

function isSame(a: Range, b: Range): boolean {
  return a.start.line === b.start.line && a.start.column === b.start.column && a.end.line === b.end.line;
}

/** Lines in a row that are missing, over those that are not in the list. */
export function rangesOf(lines: readonly { readonly line: number; readonly isMissing: boolean }[]): Item[] {
  const ranges: { first: number; last: number }[] = [];
  let isOpen = false;
  for (const { line, isMissing } of lines) {
    const open = ranges.at(-1);
    if (isMissing && isOpen && open !== undefined) open.last = line;
    else if (isMissing) ranges.push({ first: line, last: line });
    isOpen = isMissing;
  }
  return ranges.map(({ first, last }) => ({
    line: first,
    last,
    text: first === last ? String(first) : `${first}-${last}`,
  }));
}
