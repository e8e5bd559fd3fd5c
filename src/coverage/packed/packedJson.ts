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
      for (const part of aroundPlaces) {
        json.put(part);
        json.number(places[at++] ?? 0);
      }
      json.put(behindPlaces);
    },
  };
}

const aroundPlaces = ['{"start":{"line":', ',"column":', '},"end":{"line":', ',"column":'].map(asciiOf);
const behindPlaces = asciiOf("}}");

function readCounts(counts: Float64Array, json: JsonBytes): () => void {
  let next = 0;
  return () => json.number(counts[next++] ?? 0);
}

function writeFunction(name: string, places: Places, json: JsonBytes): void {
  const first = places.line();
  json.text(`{"name":${JSON.stringify(name)},"decl":`);
  places.range();
  json.text(',"loc":');
  places.range();
  json.text(`,"line":${first}}`);
}

function writeBranch(type: number, ways: number, places: Places, json: JsonBytes): void {
  const first = places.line();
  json.text(`{"type":"${branchTypes[type]}","loc":`);
  places.range();
  json.text(',"locations":');
  writeList(ways, places.range, json);
  json.text(`,"line":${first}}`);
}

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
