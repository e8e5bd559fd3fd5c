import type { Tokens } from "../../source/tokens.js";
import type { Chunk } from "../../types.js";

/**
 * The token-per-line twin of a text: the same tokens, each on a line of its own. It compiles to the same
 * instructions, but their line information names tokens.
 */
export interface Twin {
  readonly text: Uint8Array;
  /** The index of the token on each line of the twin, by line number; a token of several lines has them all. */
  readonly tokenOfLine: readonly number[];
  /** The line of the text that each line of the twin comes from, by line number. */
  readonly originalLines: readonly number[];
}

/** A twin and what it compiles to. */
export interface CompiledTwin extends Twin {
  readonly chunk: Chunk;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

export function makeTwin(source: Uint8Array, tokens: Tokens): Twin {
  const text = new Uint8Array(source.length + tokens.length);
  const tokenOfLine = [-1];
  const originalLines = [0];
  let [length, line, behind] = [0, 1, 0];
  for (let index = 0; index < tokens.length; index++) {
    const [start, end] = [tokens.start(index), tokens.end(index)];
    line += newlines(source, behind, start);
    for (let at = start; at < end; at++) text[length++] = source[at] ?? 0;
    text[length++] = NEWLINE;
    const last = line + newlines(source, start, end);
    for (let each = line; each <= last; each++) {
      tokenOfLine.push(index);
      originalLines.push(each);
    }
    [line, behind] = [last, end];
  }
  // What a text without tokens compiles to has a line, too.
  originalLines.push(line);
  return { text: text.subarray(0, length), tokenOfLine, originalLines };
}

/** As the lexer of Lua counts them: "\r\n" and "\n\r" are one. */
function newlines(source: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = source[at];
    if (byte !== NEWLINE && byte !== RETURN) continue;
    count++;
    const next = at + 1 < end ? source[at + 1] : undefined;
    if ((next === NEWLINE || next === RETURN) && next !== byte) at++;
  }
  return count;
}
