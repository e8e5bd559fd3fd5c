import { JsonBytes } from "../coverage/packed/jsonBytes.js";
import { writePackedJson } from "../coverage/packed/packedJson.js";
import { packedIn, putPacked } from "../coverage/packed/packedMap.js";
import { packedFromText } from "../coverage/packed/packedText.js";
import { readContent } from "../files/files.js";
import { parseJson } from "../files/json.js";
import { openWhole, type WholeOptions } from "../output/whole.js";
import type { CoverageMapData } from "../types.js";

/** What is written at a time, in bytes: a map may be longer than a string of Node's can be. */
const pieceLength = 1_000_000;

/** Writes a coverage map as JSON, with a line for each file. It is whole, or not there. */
export function writeMap(file: string, coverage: CoverageMapData, options: WholeOptions): void {
  const whole = openWhole(file, options);
  try {
    for (const piece of piecesOf(coverage)) whole.write(piece);
  } catch (error) {
    whole.discard();
    throw error;
  }
  whole.commit();
}

/** The same, but the next piece is made while the system writes the last. */
export async function writeMapBeside(
  file: string,
  coverage: CoverageMapData,
  options: WholeOptions,
): Promise<void> {
  const whole = openWhole(file, options);
  let written: Promise<void> = Promise.resolve();
  try {
    for (const piece of piecesOf(coverage)) {
      await written;
      written = whole.writeBeside(piece);
    }
    await written;
  } catch (error) {
    await Promise.allSettled([written]);
    whole.discard();
    throw error;
  }
  whole.commit();
}

/** The bytes of the JSON; those of a piece stand until the next but one is asked for. */
function* piecesOf(coverage: CoverageMapData): Generator<Buffer> {
  let [json, next] = [new JsonBytes(2 * pieceLength), new JsonBytes(2 * pieceLength)];
  let separator = "{";
  for (const name of Object.keys(coverage)) {
    json.text(`${separator}${JSON.stringify(name)}:`);
    const packed = packedIn(coverage, name);
    if (packed === null) json.text(JSON.stringify(coverage[name]));
    else writePackedJson(packed, json);
    separator = ",\n";
    if (json.length < pieceLength) continue;
    yield json.bytes;
    [json, next] = [next, json];
    json.clear();
  }
  json.text(separator === "{" ? "{}" : "}");
  yield json.bytes;
}

/**
 * The JSON of a file, which may be a coverage map: what is in it as `writeMap` writes it stays packed. Throws for what cannot be
 * read, and for what is no JSON.
 */
export function readJsonMap(file: string): unknown {
  const content = readContent(file);
  return readLines(content) ?? parseJson(content);
}

const [OPEN, CLOSE, COMMA, NEWLINE] = [0x7b, 0x7d, 0x2c, 0x0a];

/** Null for a map that has not a line for each file. */
function readLines(content: Buffer): CoverageMapData | null {
  if (content[0] !== OPEN) return null;
  const map: CoverageMapData = {};
  for (let start = 1; ; ) {
    const newline = content.indexOf(NEWLINE, start);
    const isLast = newline === -1;
    const end = (isLast ? content.length : newline) - 1;
    if (end < start || content[end] !== (isLast ? CLOSE : COMMA)) return null;
    if (!readLine(map, content.subarray(start, end))) return null;
    if (isLast) return map;
    start = newline + 1;
  }
}

/** A file's name and its coverage. Returns whether they are all that is there. */
function readLine(map: CoverageMapData, line: Buffer): boolean {
  // Within a string, quotes have backslashes before them.
  const end = line.indexOf('":{"path":"');
  const packed = end === -1 ? null : packedFromText(line, end + 2, line.length);
  if (packed !== null && line.toString("utf8", 0, end + 1) === JSON.stringify(packed.path)) {
    putPacked(map, packed);
    return true;
  }
  try {
    Object.assign(map, JSON.parse(`{${line.toString("utf8")}}`));
    return true;
  } catch {
    return false;
  }
}
