import { findIgnores } from "../coverage/ignore.js";
import type { Positions } from "../source/positions.js";
import type { Syntax } from "../source/syntax.js";
import type { TokenSymbol } from "../source/tokens.js";
import type { Span } from "../source/tree.js";

/** What begins or ends a block, and what closes something: such lines do nothing themselves. */
const silent: ReadonlySet<TokenSymbol | undefined> = new Set([
  "do",
  "else",
  "end",
  "if",
  "repeat",
  "then",
  ",",
  ";",
]);

/**
 * The lines of a text where code may run, though perhaps no statement begins there: those with a token that does more than
 * to bound a block, except where a comment leaves them out.
 */
export function codeLines({ tokens, ...syntax }: Syntax, positions: Positions): ReadonlySet<number> {
  const lines = new Set<number>();
  for (let index = 0; index < tokens.length; index++) {
    const isClosing = tokens.symbol(index) === ")" && tokens.symbol(index - 1) === "end";
    if (silent.has(tokens.symbol(index)) || isClosing) continue;
    const [first, last] = linesOf({ start: tokens.start(index), end: tokens.end(index) }, positions);
    lines.add(first);
    lines.add(last);
  }
  const { disabled, ignores } = findIgnores({ tokens, ...syntax }, positions);
  for (const span of [...disabled, ...ignores.map((each) => each.span)]) {
    const [first, last] = linesOf(span, positions);
    for (const line of lines) if (line >= first && line <= last) lines.delete(line);
  }
  return lines;
}

function linesOf({ start, end }: Span, positions: Positions): [number, number] {
  const last = Number.isFinite(end) ? positions.at(end - 1).line : Number.POSITIVE_INFINITY;
  return [positions.at(start).line, last];
}
