import type { Tokens } from "../../source/tokens.js";

/**
 * The token-per-line twin of a text: the same tokens, each on a line of its own. It compiles to the same
 * instructions, but their line information names tokens.
 */
export interface Twin {
  readonly text: Uint8Array;
  /** The index of the token on each line of the twin, by line number; a token of several lines has them all. */
  readonly tokenOfLine: readonly number[];
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

export function makeTwin(source: Uint8Array, tokens: Tokens): Twin {
  const text = new Uint8Array(source.length + tokens.length);
  const tokenOfLine = [-1];
  let length = 0;
  for (let index = 0; index < tokens.length; index++) {
    const piece = source.subarray(tokens.start(index), tokens.end(index));
    text.set(piece, length);
    length += piece.length;
    text[length++] = NEWLINE;
    for (let line = newlines(piece); line >= 0; line--) tokenOfLine.push(index);
  }
  return { text: text.subarray(0, length), tokenOfLine };
}

/** As the lexer of Lua counts them: "\r\n" and "\n\r" are one. */
function newlines(piece: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < piece.length; at++) {
    const byte = piece[at];
    if (byte !== NEWLINE && byte !== RETURN) continue;
    count++;
    const next = piece[at + 1];
    if ((next === NEWLINE || next === RETURN) && next !== byte) at++;
  }
  return count;
}
