import { findFunctions } from "../source/functions.js";
import { createPositions, type Positions } from "../source/positions.js";
import { parseNewest, type Syntax } from "../source/syntax.js";
import { firstTokenAt } from "../source/tokens.js";
import type { FunctionDeclaration } from "../source/tree.js";
import type { Breakpoint } from "./protocol.js";

/** Where a breakpoint of a line is in a Lua text. */
export type BreakpointPlace = Pick<Breakpoint, "line" | "defined" | "entry">;

/**
 * The place of a breakpoint of a line, from 1: that of the next line with code, in the function that it is in, of which the first line
 * and its parameters stand for its body. Null where no code follows. No function is known of a line in what is no Lua, which is not
 * moved, and of one with whole functions on it, where it is in each of these as well.
 */
export function breakpointPlace(source: Uint8Array, line: number): BreakpointPlace | null {
  const parsed = parseNewest(source);
  if (!parsed.ok) return { line };
  const positions = createPositions(source);
  const wanted = lineWithCode(parsed.syntax, positions, line);
  if (wanted === null) return null;
  const around = functionsAround(parsed.syntax, positions, wanted);
  if (around.some(({ isShort }) => isShort)) return { line: wanted };
  const fn = around.at(-1)?.node ?? null;
  const [chunk] = parsed.syntax.body;
  const [first] = fn === null ? parsed.syntax.body : fn.body;
  return {
    line: wanted,
    defined: fn === null ? 0 : positions.at(definedAt(fn, parsed.syntax)).line,
    ...(chunk === undefined || first === undefined
      ? {}
      : { entry: { chunk: chunk.start, offset: first.start, size: source.length } }),
  };
}

/** Lines with code, in their order; none of what is no Lua. */
export function linesWithCode(source: Uint8Array): number[] {
  const parsed = parseNewest(source);
  if (!parsed.ok) return [];
  const positions = createPositions(source);
  const { tokens } = parsed.syntax;
  const lines = new Set<number>();
  for (let index = 0; index < tokens.length; index++) {
    if (tokens.symbol(index) === "<eof>") break;
    const last = positions.at(tokens.end(index)).line;
    for (let line = positions.at(tokens.start(index)).line; line <= last; line++) lines.add(line);
  }
  return [...lines];
}

function lineWithCode({ tokens }: Syntax, positions: Positions, line: number): number | null {
  for (let index = 0; index < tokens.length; index++) {
    if (tokens.symbol(index) === "<eof>") return null;
    const last = positions.at(tokens.end(index)).line;
    if (last >= line) return Math.max(positions.at(tokens.start(index)).line, line);
  }
  return null;
}

interface FunctionAround {
  readonly node: FunctionDeclaration;
  /** Whether it is on one line. */
  readonly isShort: boolean;
}

/** From the outermost one on. */
function functionsAround(syntax: Syntax, positions: Positions, line: number): readonly FunctionAround[] {
  return findFunctions(syntax).flatMap(({ node }) => {
    const first = positions.at(node.start).line;
    const last = positions.at(node.end).line;
    return first <= line && line <= last ? [{ node, isShort: first === last }] : [];
  });
}

/** Lua takes the line of the keyword for a global function or a field, else that of the parameters' parenthesis. */
function definedAt({ start, identifier, isLocal }: FunctionDeclaration, { tokens }: Syntax): number {
  if (identifier !== null && !isLocal) return start;
  return tokens.start(firstTokenAt(tokens, identifier?.end ?? start + "function".length));
}
