import { createPositions } from "../../source/positions.js";
import type { Mutant } from "../../types.js";

/** The lines that a mutant changes, and what they become. */
export interface MutantDiff {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The lines of a mutant as they are and as they would be; of many only the first and the last, with dots in between. */
export function diffOf(source: Uint8Array, { place, start, end, replacement }: Mutant): MutantDiff {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const { lineStart, offset } = createPositions(source);
  const first = lineStart(start);
  const last = offset({ line: place.end.line + 1, column: 0 });
  const changed = [
    bytes.subarray(first, start),
    Buffer.from(replacement, "latin1"),
    bytes.subarray(end, last),
  ];
  return {
    removed: linesOf(bytes.subarray(first, last)),
    added: linesOf(Buffer.concat(changed)).filter(isSeen),
  };
}

/** What is left of a line that was all there is of a block is nothing to look at. */
const isSeen = (line: string) => line.trim() !== "";

const most = 5;

function linesOf(bytes: Buffer): string[] {
  const lines = bytes
    .toString("utf8")
    .replace(/\r?\n$|\r$/, "")
    .split(/\r\n|\n|\r/);
  if (lines.length <= most) return lines;
  const indent = /^\s*/.exec(lines[1] ?? "")?.[0] ?? "";
  return [...lines.slice(0, 2), `${indent}…`, ...lines.slice(-1)];
}
