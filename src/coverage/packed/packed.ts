import type { BranchMapping, FunctionMapping, Location, Range } from "istanbul-lib-coverage";
import type { FileCoverageData } from "../../types.js";

/**
 * The coverage of a file in few objects: these go from one thread to another, or into a file, in a fraction of the time and
 * room that Istanbul's thousands of small ones take.
 */
export interface PackedCoverage {
  readonly path: string;
  readonly all: boolean;
  readonly statements: number;
  readonly functions: number;
  /** Of each branch how many ways on it has, and of how many of these it is known how often they were true. */
  readonly ways: readonly number[];
  readonly truthy: readonly number[];
  /** The names of all functions, then the types of all branches. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** Lines and columns, in the order of the map. */
  readonly places: Int32Array;
  readonly counts: Float64Array;
}

/** Packs what `fileCoverage` makes. */
export function pack(file: FileCoverageData): PackedCoverage {
  const functions = Object.values(file.fnMap);
  const [ways, truthy] = [Object.values(file.b), Object.values(file.bT ?? {})];
  return {
    path: file.path,
    all: file.all ?? false,
    statements: Object.keys(file.s).length,
    functions: functions.length,
    ways: ways.map(({ length }) => length),
    truthy: truthy.map(({ length }) => length),
    names: functions.map(({ name }) => name),
    types: Object.values(file.branchMap).map(({ type }) => type),
    places: placesOf(file),
    counts: countsOf(file, ways, truthy),
  };
}

/** `flatMap` would take a sixth of the analysis. */
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

/** What was packed. */
export function unpack(packed: PackedCoverage): FileCoverageData {
  const { path, all, statements, functions, ways, truthy, names, types } = packed;
  const range = rangesOf(packed.places);
  const count = numbersFrom(packed.counts);
  return {
    path,
    ...(all ? { all } : {}),
    statementMap: byIndex(statements, range),
    fnMap: byIndex(functions, (index) => functionMapping(names[index] ?? "", range(), range())),
    branchMap: byIndex(types.length, (index) => branchMapping(types[index] ?? "", ways[index] ?? 0, range)),
    s: byIndex(statements, count),
    f: byIndex(functions, count),
    b: byIndex(ways.length, (index) => list(ways[index] ?? 0, count)),
    bT: byIndex(truthy.length, (index) => list(truthy[index] ?? 0, count)),
  };
}

function functionMapping(name: string, decl: Range, loc: Range): FunctionMapping {
  return { name, decl, loc, line: decl.start.line };
}

function branchMapping(type: string, ways: number, range: () => Range): BranchMapping {
  const loc = range();
  return { type, loc, locations: list(ways, range), line: loc.start.line };
}

/** One after the other. */
function numbersFrom(numbers: Float64Array): () => number {
  let next = 0;
  return () => numbers[next++] ?? 0;
}

function rangesOf(places: Int32Array): () => Range {
  let next = 0;
  const location = (): Location => ({ line: places[next++] ?? 0, column: places[next++] ?? 0 });
  return () => ({ start: location(), end: location() });
}

function list<T>(length: number, make: () => T): T[] {
  const made: T[] = [];
  for (let index = 0; index < length; index++) made.push(make());
  return made;
}

/** There may be millions of them. */
function byIndex<T>(length: number, make: (index: number) => T): Record<string, T> {
  const made: Record<string, T> = {};
  for (let index = 0; index < length; index++) made[index] = make(index);
  return made;
}
