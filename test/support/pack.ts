import type { Range } from "istanbul-lib-coverage";
import type { PackedCoverage } from "../../src/coverage/packed/packed.js";
import { branchTypes } from "../../src/coverage/sites.js";
import type { FileCoverageData } from "../../src/types.js";

const typeNames: readonly string[] = branchTypes;

/** Packs a file whose items are numbered from 0, as those of our maps are. */
export function pack(file: FileCoverageData): PackedCoverage {
  const functions = Object.values(file.fnMap);
  const [ways, truthy] = [Object.values(file.b), Object.values(file.bT ?? {})];
  return {
    path: file.path,
    all: file.all ?? false,
    statements: Object.keys(file.s).length,
    functions: functions.length,
    ways: Int32Array.from(ways, ({ length }) => length),
    truthy: Int32Array.from(truthy, ({ length }) => length),
    names: functions.map(({ name }) => name),
    types: Uint8Array.from(Object.values(file.branchMap), ({ type }) => typeNames.indexOf(type)),
    places: placesOf(file),
    counts: countsOf(file, ways, truthy),
  };
}

function placesOf({ statementMap, fnMap, branchMap }: FileCoverageData): Int32Array {
  const places: number[] = [];
  const add = ({ start, end }: Range) => places.push(start.line, start.column, end.line, end.column);
  for (const range of Object.values(statementMap)) add(range);
  for (const { decl, loc } of Object.values(fnMap)) {
    add(decl);
    add(loc);
  }
  for (const { loc, locations } of Object.values(branchMap)) {
    add(loc);
    for (const location of locations) add(location);
  }
  return new Int32Array(places);
}

function countsOf({ s, f }: FileCoverageData, ...branches: readonly (readonly number[])[][]): Float64Array {
  const counts = [...Object.values(s), ...Object.values(f)];
  for (const each of branches) for (const ways of each) for (const count of ways) counts.push(count);
  return new Float64Array(counts);
}
