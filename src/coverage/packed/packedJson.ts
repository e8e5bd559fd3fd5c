import { branchTypes } from "../sites.js";
import type { PackedCoverage } from "./packed.js";

/**
 * The JSON of a packed file, as it reads when it is unpacked, but several times as fast: thousands of files are written without
 * one of them as objects.
 */
export function packedJson(packed: PackedCoverage): string {
  const { path, all, statements, functions, names, types, ways, truthy } = packed;
  const { line, range } = rangesOf(packed.places);
  const count = countsOf(packed.counts);
  const counts = (lengths: Int32Array) =>
    members(lengths.length, (index) => `[${list(lengths[index] ?? 0, count)}]`);
  const fn = (index: number) => {
    const first = line();
    return `{"name":${JSON.stringify(names[index])},"decl":${range()},"loc":${range()},"line":${first}}`;
  };
  const branch = (index: number) => {
    const [first, loc] = [line(), range()];
    const locations = list(ways[index] ?? 0, range);
    return `{"type":"${branchTypes[types[index] ?? 0]}","loc":${loc},"locations":[${locations}],"line":${first}}`;
  };
  return [
    `{"path":${JSON.stringify(path)}${all ? ',"all":true' : ""}`,
    `"statementMap":{${members(statements, range)}}`,
    `"fnMap":{${members(functions, fn)}}`,
    `"branchMap":{${members(types.length, branch)}}`,
    `"s":{${members(statements, count)}}`,
    `"f":{${members(functions, count)}}`,
    `"b":{${counts(ways)}}`,
    `"bT":{${counts(truthy)}}}`,
  ].join();
}

/** The next range, and the line that it begins on. */
function rangesOf(places: Int32Array) {
  let at = 0;
  return {
    line: () => places[at],
    range: () => {
      const [line, column, endLine, endColumn] = [places[at], places[at + 1], places[at + 2], places[at + 3]];
      at += 4;
      return `{"start":{"line":${line},"column":${column}},"end":{"line":${endLine},"column":${endColumn}}}`;
    },
  };
}

function countsOf(counts: Float64Array): () => string {
  let next = 0;
  return () => `${counts[next++]}`;
}

function members(length: number, make: (index: number) => string): string {
  let text = "";
  for (let index = 0; index < length; index++) text += keyOf(index) + make(index);
  return text;
}

/** Those of most files: to make them takes as long as all that is between them. */
const keys = Array.from({ length: 1000 }, (_, index) => `${index > 0 ? "," : ""}"${index}":`);

function keyOf(index: number): string {
  return keys[index] ?? `,"${index}":`;
}

function list(length: number, make: () => string): string {
  let text = "";
  for (let index = 0; index < length; index++) text += `${index > 0 ? "," : ""}${make()}`;
  return text;
}
