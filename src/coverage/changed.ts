import type { BranchMapping, Range } from "istanbul-lib-coverage";
import istanbul from "istanbul-lib-coverage";
import type { ChangedFile, ChangedLine, ChangedWay, FileCoverageData, LineRange } from "../types.js";
import { wayName } from "./ways.js";

/** What a map does not say of a source. */
export interface CodeOfFile {
  /** Whether anything but comments is on a line, for lines in the midst of a statement. */
  hasLine(line: number): boolean;
  /** The last line of the condition of the clause or loop that begins at a place. */
  endOfHead(start: Range["start"]): number;
}

/**
 * What of a file changed lines have in them: lines with hits, and ways on from conditions. Nothing else counts, in
 * particular no line that the change does not have.
 */
export function changedIn(
  file: FileCoverageData,
  ranges: readonly LineRange[],
  code: CodeOfFile,
): ChangedFile {
  const lines = [...startedLines(file, ranges), ...continuedLines(file, ranges, code)];
  const branches = Object.entries(file.branchMap).flatMap(([key, branch]) =>
    changedWays(branch, file.b[key] ?? [], ranges, code),
  );
  const inOrder = (a: { line: number }, b: { line: number }) => a.line - b.line;
  return { path: file.path, lines: lines.sort(inOrder), branches: branches.sort(inOrder) };
}

function startedLines(file: FileCoverageData, ranges: readonly LineRange[]): ChangedLine[] {
  const hits = Object.entries(istanbul.createFileCoverage(file).getLineCoverage());
  return hits
    .map(([line, count]) => ({ line: Number(line), hits: count }))
    .filter(({ line }) => firstIn(ranges, line, line) !== null);
}

/** Lines on which a statement goes on that holds no other one: a part of a table or a call. */
function continuedLines(
  { statementMap, s }: FileCoverageData,
  ranges: readonly LineRange[],
  { hasLine }: CodeOfFile,
): ChangedLine[] {
  const statements = Object.entries(statementMap)
    .map(([key, range]) => ({ range, hits: s[key] ?? 0 }))
    .sort((a, b) => compare(a.range.start, b.range.start) || compare(b.range.end, a.range.end));
  const started = new Set(statements.map(({ range }) => range.start.line));
  return statements.flatMap(({ range, hits }, index) => {
    const next = statements[index + 1];
    if (next !== undefined && compare(next.range.start, range.end) < 0) return [];
    return linesIn(ranges, range.start.line + 1, range.end.line)
      .filter((line) => !started.has(line) && hasLine(line))
      .map((line) => ({ line, hits }));
  });
}

function changedWays(
  branch: BranchMapping,
  counts: readonly number[],
  ranges: readonly LineRange[],
  code: CodeOfFile,
): ChangedWay[] {
  const touched = branch.type === "binary-expr" ? null : touchedHead(branch, ranges, code);
  return counts.flatMap((count, index) => {
    const line = branch.type === "binary-expr" ? touchedArm(branch.locations[index], ranges) : touched;
    return line === null ? [] : [{ line, to: wayName(branch.type, index), count }];
  });
}

/** The first line that was changed of what decides: a condition, or the head or `until` of a loop. */
function touchedHead(
  { type, loc, locations }: BranchMapping,
  ranges: readonly LineRange[],
  { endOfHead }: CodeOfFile,
): number | null {
  const head = type === "loop" ? locations[1] : undefined;
  return firstIn(ranges, loc.start.line, endOfHead(loc.start)) ?? touchedArm(head, ranges);
}

function touchedArm(arm: Range | undefined, ranges: readonly LineRange[]): number | null {
  // Istanbul has no place for an `else` of JavaScript's that is not written.
  return arm?.start?.line === undefined ? null : firstIn(ranges, arm.start.line, arm.end.line);
}

function firstIn(ranges: readonly LineRange[], first: number, last: number): number | null {
  const found = ranges.find((range) => range.first <= last && first <= range.last);
  return found === undefined ? null : Math.max(found.first, first);
}

function linesIn(ranges: readonly LineRange[], first: number, last: number): number[] {
  return ranges.flatMap((range) => {
    const from = Math.max(range.first, first);
    const count = Math.max(0, Math.min(range.last, last) - from + 1);
    return Array.from({ length: count }, (_, index) => from + index);
  });
}

function compare(a: Range["start"], b: Range["start"]): number {
  return a.line - b.line || a.column - b.column;
}
