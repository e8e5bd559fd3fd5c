import { branchTypes } from "../sites.js";
import { asciiOf, type JsonBytes } from "./jsonBytes.js";
import type { PackedCoverage } from "./packed.js";

/**
 * Writes the JSON of a packed file, as it reads when it is unpacked, but many times as fast: thousands of files are written without
 * one of them as objects.
 */
export function writePackedJson(packed: PackedCoverage, json: JsonBytes): void {
  const { path, all, statements, functions, names, types, ways, truthy } = packed;
  const places = readPlaces(packed.places, json);
  const count = readCounts(packed.counts, json);
  json.text(`{"path":${JSON.stringify(path)}${all ? ',"all":true' : ""}`);
  json.text(',"statementMap":{');
  writeMembers(statements, places.range, json);
  json.text('},"fnMap":{');
  writeMembers(functions, (index) => writeFunction(names[index] ?? "", places, json), json);
  json.text('},"branchMap":{');
  writeMembers(types.length, (index) => writeBranch(types[index] ?? 0, ways[index] ?? 0, places, json), json);
  json.text('},"s":{');
  writeMembers(statements, count, json);
  json.text('},"f":{');
  writeMembers(functions, count, json);
  for (const [key, lengths] of [
    ["b", ways],
    ["bT", truthy],
  ] as const) {
    json.text(`},"${key}":{`);
    writeMembers(lengths.length, (index) => writeList(lengths[index] ?? 0, count, json), json);
  }
  json.text("}}");
}

/** Places one after the other: each writes the next. */
interface Places {
  /** The line on which the next one begins. */
  line(): number;
  range(): void;
}

function readPlaces(places: Int32Array, json: JsonBytes): Places {
  let at = 0;
  return {
    line: () => places[at] ?? 0,
    range: () => {
      json.numbersBehind(rangeParts, places, at);
      json.put(rangeEnd);
      at += rangeParts.length;
    },
  };
}

const rangeParts = ['{"start":{"line":', ',"column":', '},"end":{"line":', ',"column":'].map(asciiOf);
const rangeEnd = asciiOf("}}");

function readCounts(counts: Float64Array, json: JsonBytes): () => void {
  let next = 0;
  return () => json.number(counts[next++] ?? 0);
}

function writeFunction(name: string, places: Places, json: JsonBytes): void {
  const first = places.line();
  json.text(`{"name":${JSON.stringify(name)}`);
  json.put(beforeDecl);
  places.range();
  json.put(beforeLoc);
  places.range();
  writeLine(first, json);
}

const beforeDecl = asciiOf(',"decl":');
const beforeLoc = asciiOf(',"loc":');

function writeBranch(type: number, ways: number, places: Places, json: JsonBytes): void {
  const first = places.line();
  json.put(typeParts[type] ?? beforeLoc);
  places.range();
  json.put(beforeLocations);
  writeList(ways, places.range, json);
  writeLine(first, json);
}

const typeParts = branchTypes.map((type) => asciiOf(`{"type":"${type}","loc":`));
const beforeLocations = asciiOf(',"locations":');

function writeLine(line: number, json: JsonBytes): void {
  json.put(beforeLine);
  json.number(line);
  json.put(end);
}

const beforeLine = asciiOf(',"line":');
const end = asciiOf("}");

function writeMembers(length: number, write: (index: number) => void, json: JsonBytes): void {
  for (let index = 0; index < length; index++) {
    json.put(keys[index] ?? keyOf(index));
    write(index);
  }
}

function keyOf(index: number): Uint8Array {
  return asciiOf(`${index > 0 ? "," : ""}"${index}":`);
}

/** Those of most files: to make them takes as long as all that is between them. */
const keys = Array.from({ length: 1000 }, (_, index) => keyOf(index));

const [open, comma, close] = [asciiOf("["), asciiOf(","), asciiOf("]")];

function writeList(length: number, write: () => void, json: JsonBytes): void {
  json.put(open);
  for (let index = 0; index < length; index++) {
    if (index > 0) json.put(comma);
    write();
  }
  json.put(close);
}
