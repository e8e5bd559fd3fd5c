import { packedJson } from "../coverage/packedJson.js";
import { packedIn } from "../coverage/packedMap.js";
import { openWhole, type WholeFile, type WholeOptions } from "../output/whole.js";
import type { CoverageMapData } from "../types.js";

/** What is written at a time, in characters: a map may be longer than a string of Node's can be. */
const pieceLength = 1_000_000;

/** Writes a coverage map as JSON, with a line for each file. It is whole, or not there. */
export function writeMap(file: string, coverage: CoverageMapData, options: WholeOptions): void {
  const whole = openWhole(file, options);
  try {
    writePieces(whole, coverage);
  } catch (error) {
    whole.discard();
    throw error;
  }
  whole.commit();
}

function writePieces(whole: WholeFile, coverage: CoverageMapData): void {
  let piece = "{";
  let separator = "";
  for (const name of Object.keys(coverage)) {
    const packed = packedIn(coverage, name);
    const data = packed === null ? JSON.stringify(coverage[name]) : packedJson(packed);
    piece += `${separator}${JSON.stringify(name)}:${data}`;
    separator = ",\n";
    if (piece.length < pieceLength) continue;
    whole.write(Buffer.from(piece));
    piece = "";
  }
  whole.write(Buffer.from(`${piece}}`));
}
