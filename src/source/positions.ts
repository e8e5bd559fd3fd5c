import type { Location, Range } from "istanbul-lib-coverage";
import type { Span } from "./tree.js";

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
  const { starts, others } = linesOf(bytes);
  let last = 0;
  // Whoever asks goes through the text.
  const lineOf = (offset: number) => {
    const isSame = offset >= (starts[last] ?? 0) && offset < (starts[last + 1] ?? Number.POSITIVE_INFINITY);
    if (!isSame) last = lastAtOrBefore(starts, starts.length, offset);
    return last;
  };
  const startOf = (line: number) => starts[line] ?? bytes.length;
  const columns = createColumns(bytes, startOf, others);
  const at = (offset: number): Location => {
    const line = lineOf(offset);
    return { line: line + 1, column: columns.at(line, offset) };
  };
  return {
    at,
    offset: ({ line, column }) => columns.offset(line - 1, column),
    range: ({ start, end }) => ({ start: at(start), end: at(end) }),
    lineText: (line) => trimmed(bytes, startOf(line - 1), startOf(line)),
    lineStart: (offset) => startOf(lineOf(offset)),
    text: ({ start, end }) => bytes.toString("utf8", start, end),
  };
}

/** Between known places of a line its text is decoded: it may have millions of bytes, and as many statements. */
const stretch = 256;

/** Places of a line whose columns are known, all of them at an ASCII character. */
interface Landmarks {
  readonly offsets: number[];
  readonly columns: number[];
}

/** Columns in UTF-16 code units of lines that count from 0, of which some `others` are not all ASCII. */
function createColumns(bytes: Buffer, startOf: (line: number) => number, others: ReadonlySet<number>) {
  let known: { line: number; landmarks: Landmarks } | null = null;
  const landmarksOf = (line: number) => {
    if (!others.has(line)) return null;
    if (known?.line !== line)
      known = { line, landmarks: findLandmarks(bytes, startOf(line), startOf(line + 1)) };
    return known.landmarks;
  };
  return {
    at: (line: number, offset: number) => {
      const landmarks = landmarksOf(line);
      if (landmarks === null) return offset - startOf(line);
      const { offsets, columns } = landmarks;
      const index = lastAtOrBefore(offsets, offsets.length, offset);
      return (columns[index] ?? 0) + bytes.toString("utf8", offsets[index], offset).length;
    },
    offset: (line: number, column: number) => {
      const landmarks = landmarksOf(line);
      if (landmarks === null) return Math.min(startOf(line) + column, startOf(line + 1));
      const { offsets, columns } = landmarks;
      const index = lastAtOrBefore(columns, columns.length, column);
      const start = offsets[index] ?? 0;
      const text = bytes.toString("utf8", start, offsets[index + 1] ?? startOf(line + 1));
      return start + Buffer.byteLength(text.slice(0, column - (columns[index] ?? 0)));
    },
  };
}

function findLandmarks(bytes: Buffer, start: number, end: number): Landmarks {
  const offsets = [start];
  const columns = [0];
  let last = start;
  let column = 0;
  for (let offset = start + stretch; offset < end; offset++) {
    if (offset - last < stretch || (bytes[offset] ?? 0) >= 0x80) continue;
    column += bytes.toString("utf8", last, offset).length;
    last = offset;
    offsets.push(offset);
    columns.push(column);
  }
  return { offsets, columns };
}

function trimmed(bytes: Buffer, start: number, end: number): Span | null {
  const text = bytes.toString("latin1", start, end);
  const content = text.trim();
  const begin = start + text.indexOf(content);
  return content === "" ? null : { start: begin, end: begin + content.length };
}

/** Where lines begin, and which of them are not all ASCII. */
function linesOf(bytes: Buffer): { readonly starts: Uint32Array; readonly others: ReadonlySet<number> } {
  const starts = [0];
  const others = new Set<number>();
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset] ?? 0;
    if (byte === 0x0a || (byte === 0x0d && bytes[offset + 1] !== 0x0a)) starts.push(offset + 1);
    else if (byte >= 0x80) others.add(starts.length - 1);
  }
  return { starts: new Uint32Array(starts), others };
}

function lastAtOrBefore(sorted: ArrayLike<number>, length: number, value: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
