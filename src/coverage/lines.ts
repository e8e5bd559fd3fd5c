import type { Range } from "istanbul-lib-coverage";
import type { Chunk, Proto } from "../types.js";
import { reachable } from "./reachable.js";

/** A line with code, and the range of the text on it. */
export interface LineSite {
  readonly loc: Range;
  readonly line: number;
}

/** A function by its lines; `proto` is its index in the chunk. */
export interface LineFunction {
  readonly name: string;
  readonly decl: Range;
  readonly loc: Range;
  readonly proto: number;
}

export interface LineSites {
  readonly statements: readonly LineSite[];
  readonly functions: readonly LineFunction[];
}

/**
 * What could run according to line information alone: one statement for each active line, as
 * `debug.getinfo(f, "L")` gives them for every function, less the lines that no path reaches.
 */
export function lineSites(text: string, chunk: Chunk): LineSites {
  const lines = text.split(/\r?\n/);
  return { statements: lineStatements(lines, chunk), functions: functionSites(lines, chunk) };
}

function lineStatements(lines: readonly string[], chunk: Chunk): LineSite[] {
  const active = new Set(chunk.protos.flatMap(activeLines));
  const sorted = [...active].sort((a, b) => a - b);
  return sorted.flatMap((line) => {
    const loc = textRange(lines, line);
    return loc === null ? [] : [{ loc, line }];
  });
}

/** The last instruction of a main chunk returns to nobody's code; it has the line where the file ends. */
function activeLines(proto: Proto): number[] {
  const reached = reachable(proto);
  const end = proto.lineDefined === 0 ? -1 : proto.lines.length;
  return proto.lines.slice(0, end).filter((_, pc) => reached[pc]);
}

function functionSites(lines: readonly string[], chunk: Chunk): LineFunction[] {
  const columns = new Map<number, number[]>();
  return chunk.protos.slice(1).map((proto, index) => {
    const remaining = columns.get(proto.lineDefined) ?? keywordColumns(lines[proto.lineDefined - 1] ?? "");
    columns.set(proto.lineDefined, remaining);
    const column = remaining.shift() ?? 0;
    return functionSite(lines, proto, index + 1, column);
  });
}

function functionSite(lines: readonly string[], proto: Proto, index: number, column: number): LineFunction {
  const first = lines[proto.lineDefined - 1] ?? "";
  const start = { line: proto.lineDefined, column };
  const last = lines[proto.lastLineDefined - 1] ?? "";
  const end = { line: proto.lastLineDefined, column: Math.max(last.trimEnd().length, 1) };
  return {
    name: functionName(first, column) ?? `(anonymous_${index})`,
    decl: { start, end: { line: proto.lineDefined, column: Math.max(first.trimEnd().length, column + 1) } },
    loc: { start, end },
    proto: index,
  };
}

function keywordColumns(line: string): number[] {
  return Array.from(line.matchAll(/\bfunction\b/g), (match) => match.index);
}

/** `function M.area(`, `local function f(`, or `name = function(`. */
function functionName(line: string, column: number): string | null {
  const after = /^function\s+([\w.:]+)/.exec(line.slice(column));
  const before = /([\w.]+)\s*=\s*$/.exec(line.slice(0, column));
  return after?.[1] ?? before?.[1] ?? null;
}

/** The text on a line, without the white space around it; null when there is none. */
function textRange(lines: readonly string[], line: number): Range | null {
  const text = lines[line - 1] ?? "";
  const trimmed = text.trimEnd();
  if (trimmed === "") return null;
  const column = trimmed.length - trimmed.trimStart().length;
  return { start: { line, column }, end: { line, column: trimmed.length } };
}
