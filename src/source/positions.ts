import type { Location, Range } from "istanbul-lib-coverage";
import type { Span } from "./syntax.js";

/** Turns byte offsets into Istanbul's positions: lines from 1, columns from 0 in UTF-16 code units. */
export interface Positions {
  at(offset: number): Location;
  /** The offset of a position, the inverse of `at`. */
  offset(location: Location): number;
  range(span: Span): Range;
  text(span: Span): string;
  /** The text on a line, counted from 1, without the white space around it; null when there is none. */
  lineText(line: number): Span | null;
  /** The offset at which the line of an offset begins. */
  lineStart(offset: number): number;
}

/** Lines end where Istanbul's reports end them: at "\n", "\r\n" or a lone "\r". */
export function createPositions(source: Uint8Array): Positions {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const starts = lineStarts(bytes);
  const at = (offset: number): Location => {
    const line = lastAtOrBefore(starts, offset);
    return { line: line + 1, column: bytes.toString("utf8", starts[line], offset).length };
  };
  return {
    at,
    offset: ({ line, column }) => {
      const start = starts[line - 1] ?? bytes.length;
      const text = bytes.toString("utf8", start, starts[line]);
      return start + Buffer.byteLength(text.slice(0, column));
    },
    range: ({ start, end }) => ({ start: at(start), end: at(end) }),
    lineText: (line) => {
      const start = starts[line - 1] ?? bytes.length;
      const text = bytes.toString("latin1", start, starts[line]);
      const trimmed = text.trim();
      const begin = start + text.indexOf(trimmed);
      return trimmed === "" ? null : { start: begin, end: begin + trimmed.length };
    },
    lineStart: (offset) => starts[lastAtOrBefore(starts, offset)] ?? 0,
    text: ({ start, end }) => bytes.toString("utf8", start, end),
  };
}

function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (const match of bytes.toString("latin1").matchAll(/\r?\n|\r/g))
    starts.push(match.index + match[0].length);
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
