import { findFunctions } from "../source/functions.js";
import { createPositions, type Positions } from "../source/positions.js";
import { parseNewest, type Syntax } from "../source/syntax.js";
import type { FunctionDeclaration } from "../source/tree.js";
import type { Breakpoint } from "./protocol.js";

/** Where a breakpoint of a line is in a Lua text. */
export type BreakpointPlace = Required<Pick<Breakpoint, "line" | "defined">> & Pick<Breakpoint, "entry">;

/**
 * The place of a breakpoint of a line, from 1: that of the next line with code, in the function that it is in, of which the first line
 * and its parameters stand for its body. Null where no code follows. What is no Lua keeps its line, and no function is known.
 */
export function breakpointPlace(
  source: Uint8Array,
  line: number,
): BreakpointPlace | Pick<Breakpoint, "line"> | null {
  const parsed = parseNewest(source);
  if (!parsed.ok) return { line };
  const positions = createPositions(source);
  const wanted = lineWithCode(parsed.syntax, positions, line);
  if (wanted === null) return null;
  const fn = innermost(parsed.syntax, positions, wanted);
  const [first] = fn === null ? parsed.syntax.body : fn.body;
  return {
    line: wanted,
    defined: fn === null ? 0 : positions.at(fn.start).line,
    ...(first === undefined ? {} : { entry: { offset: first.start, size: source.length } }),
  };
}

function lineWithCode({ tokens }: Syntax, positions: Positions, line: number): number | null {
  for (let index = 0; index < tokens.length; index++) {
    if (tokens.symbol(index) === "<eof>") return null;
    const last = positions.at(tokens.end(index)).line;
    if (last >= line) return Math.max(positions.at(tokens.start(index)).line, line);
  }
  return null;
}

/** Of functions over several lines; the others are part of their lines. */
function innermost(syntax: Syntax, positions: Positions, line: number): FunctionDeclaration | null {
  let found: FunctionDeclaration | null = null;
  for (const { node } of findFunctions(syntax)) {
    const first = positions.at(node.start).line;
    const last = positions.at(node.end).line;
    if (first < last && first <= line && line <= last) found = node;
  }
  return found;
}
