import type { Span, Token } from "./syntax.js";

/**
 * The token-per-line twin of a text: the same tokens, each on a line of its own. It compiles to the same
 * instructions, but their line information names tokens.
 */
export interface Twin {
  readonly text: Uint8Array;
  /** The index of the token on each line of the twin, by line number; a token of several lines has them all. */
  readonly tokenOfLine: readonly number[];
}

const NEWLINE = Buffer.from("\n");

export function makeTwin(source: Uint8Array, tokens: readonly Span[]): Twin {
  const pieces: Uint8Array[] = [];
  const tokenOfLine = [-1];
  for (const [index, { start, end }] of tokens.entries()) {
    const piece = source.subarray(start, end);
    pieces.push(piece, NEWLINE);
    for (let line = 0; line <= newlines(piece); line++) tokenOfLine.push(index);
  }
  return { text: Buffer.concat(pieces), tokenOfLine };
}

/** As the lexer of Lua counts them: "\r\n" and "\n\r" are one. */
function newlines(piece: Uint8Array): number {
  if (!piece.includes(0x0a) && !piece.includes(0x0d)) return 0;
  return (
    Buffer.from(piece)
      .toString("latin1")
      .match(/\r\n|\n\r|\r|\n/g)?.length ?? 0
  );
}

/** The index of the first token that begins at or after an offset. */
export function firstTokenAt(tokens: readonly Span[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first token behind an expression, its closing parentheses left aside. */
export function tokenBehind(tokens: readonly Token[], expression: Span): number {
  let index = firstTokenAt(tokens, expression.end);
  while (tokens[index]?.symbol === ")") index++;
  return index;
}
