import type { BranchMapping, FunctionMapping, Location, Range } from "istanbul-lib-coverage";
import type { FileCoverageData } from "../../types.js";
import { branchTypes } from "../sites.js";
import { defineLate } from "./late.js";
import type { PackedCoverage } from "./packed.js";

/** Makes what a map has of a file, by the names of its parts. */
type Parts = { readonly [part in Part]: (packed: PackedCoverage) => Required<FileCoverageData>[part] };
type Part = "statementMap" | "fnMap" | "branchMap" | "s" | "f" | "b" | "bT";

const parts: Parts = {
  statementMap: ({ statements, places }) => byIndex(statements, rangesFrom(places, 0)),
  fnMap: ({ statements, functions, names, places }) => {
    const range = rangesFrom(places, statements);
    return byIndex(functions, (index) => functionMapping(names[index] ?? "", range(), range()));
  },
  branchMap: ({ statements, functions, types, ways, places }) => {
    const range = rangesFrom(places, statements + 2 * functions);
    return byIndex(types.length, (index) =>
      branchMapping(branchTypes[types[index] ?? 0] ?? "", ways[index] ?? 0, range),
    );
  },
  s: ({ statements, counts }) => byIndex(statements, numbersFrom(counts, 0)),
  f: ({ statements, functions, counts }) => byIndex(functions, numbersFrom(counts, statements)),
  b: ({ statements, functions, ways, counts }) => lists(ways, numbersFrom(counts, statements + functions)),
  bT: ({ statements, functions, ways, truthy, counts }) =>
    lists(truthy, numbersFrom(counts, ways.reduce(sum, statements + functions))),
};

/** What was packed. */
export function unpack(packed: PackedCoverage): FileCoverageData {
  return {
    ...beginning(packed),
    statementMap: parts.statementMap(packed),
    fnMap: parts.fnMap(packed),
    branchMap: parts.branchMap(packed),
    s: parts.s(packed),
    f: parts.f(packed),
    b: parts.b(packed),
    bT: parts.bT(packed),
  };
}

/** What was packed, of which each part is unpacked when somebody looks at it: few reports look at all of them. */
export function unpackLate(packed: PackedCoverage): FileCoverageData {
  const nothing = { statementMap: {}, fnMap: {}, branchMap: {}, s: {}, f: {}, b: {}, bT: {} };
  const data: FileCoverageData = { ...beginning(packed), ...nothing };
  for (const [part, make] of Object.entries(parts)) defineLate<unknown>(data, part, () => make(packed));
  return data;
}

/**
 * The greatest count of the statements that begin on a line, by line: what Istanbul's `getLineCoverage` gives, without an object
 * for each statement.
 */
export function lineCountsOf({ statements, places, counts }: PackedCoverage): Record<number, number> {
  const lines: Record<number, number> = Object.create(null);
  for (let index = 0; index < statements; index++) {
    const [line, count] = [places[4 * index] ?? 0, counts[index] ?? 0];
    const before = lines[line];
    if (before === undefined || before < count) lines[line] = count;
  }
  return lines;
}

function beginning({ path, all }: PackedCoverage): Pick<FileCoverageData, "path" | "all"> {
  return { path, ...(all ? { all } : {}) };
}

function functionMapping(name: string, decl: Range, loc: Range): FunctionMapping {
  return { name, decl, loc, line: decl.start.line };
}

function branchMapping(type: string, ways: number, range: () => Range): BranchMapping {
  const loc = range();
  return { type, loc, locations: list(ways, range), line: loc.start.line };
}

/** One after the other. */
function numbersFrom(numbers: Float64Array, first: number): () => number {
  let next = first;
  return () => numbers[next++] ?? 0;
}

/** One after the other; each range has four numbers. */
function rangesFrom(places: Int32Array, first: number): () => Range {
  let next = 4 * first;
  const location = (): Location => ({ line: places[next++] ?? 0, column: places[next++] ?? 0 });
  return () => ({ start: location(), end: location() });
}

function lists(lengths: Int32Array, count: () => number): Record<string, number[]> {
  return byIndex(lengths.length, (index) => list(lengths[index] ?? 0, count));
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

function sum(a: number, b: number): number {
  return a + b;
}
