import type { Location } from "istanbul-lib-coverage";
import { createPositions } from "../../source/positions.js";

/** The text of a source, by places that count UTF-16 code units from 0, as a map's columns do. */
export interface SourceText {
  readonly text: string;
  /** Where each line begins, and behind the last one the end of the text. */
  readonly starts: readonly number[];
  readonly bytes: Uint8Array;
  /** The place of a location of the map; the nearest one where the text is no longer what was measured. */
  at(location: Location): number;
  /** The place of an offset in bytes. */
  ofByte(offset: number): number;
}

export function sourceText(text: string): SourceText {
  const bytes = Buffer.from(text);
  const starts = lineStarts(text);
  const at = ({ line, column }: Location) => {
    const start = starts[line - 1] ?? text.length;
    const end = starts[line] ?? text.length;
    // JSON has null for the "infinite" column that some tools give the end of a line.
    return Math.min(start + (column ?? Number.POSITIVE_INFINITY), end);
  };
  if (bytes.length === text.length) return { text, starts, bytes, at, ofByte: (offset) => offset };
  const positions = createPositions(bytes);
  return { text, starts, bytes, at, ofByte: (offset) => at(positions.at(offset)) };
}

/** Lines end as in Istanbul's reports: at "\n", "\r\n" or a lone "\r". */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  if (starts.at(-1) !== text.length || starts.length === 1) starts.push(text.length);
  return starts;
}
