import type { FileParts } from "../analysis/request.js";
import type { PackedCoverage } from "../coverage/packed/packed.js";
import { eachPart } from "../hits/byTest/countedParts.js";
import { DistinctRuns } from "../hits/byTest/distinctRuns.js";
import { addRuns, runsOf, sumOfRuns } from "../hits/byTest/runs.js";
import type { ByTest, CoveredSource, CoverRow, SourceSites, TestHits, TestRow } from "../types.js";

/** What became of the counters of a source's parts. */
export interface CountedSource {
  readonly coverage: PackedCoverage;
  readonly digest: string;
  readonly parts: FileParts;
}

/** The counters of all parts by their sources, each once, and what is made of what became of them. */
export interface PartLists {
  /** By a chunk's path, those of each of its shapes; by the key of a source with probes, its own. */
  of(source: string): FileParts;
  build(counted: ReadonlyMap<string, CountedSource>): ByTest;
}

/** The counters of all parts of a source, in one of its shapes, each once. */
interface PartList {
  readonly source: string;
  readonly shape: string;
  readonly distinct: DistinctRuns;
  /** How many rows have each of them. */
  readonly times: number[];
}

/** In which lists the counters of a test's parts are, and where there: of thousands of tests, a dozen each. */
interface PartPlaces {
  readonly lists: PartList[];
  readonly indices: number[];
}

interface PlacedRow {
  readonly row: TestRow;
  readonly places: PartPlaces;
}

/** `sourceOf` says for which source a chunk counts. */
export function listParts(tests: TestHits, sourceOf: (path: string) => string): PartLists {
  const lists = new Map<string, Map<string, PartList>>();
  const byKey = new Map<string, PartList>();
  const makeList = (key: string): PartList => {
    const { source, shape } = placeOf(key, sourceOf);
    const shapes = lists.get(source) ?? new Map<string, PartList>();
    lists.set(source, shapes);
    const list = shapes.get(shape) ?? { source, shape, distinct: new DistinctRuns(), times: [] };
    shapes.set(shape, list);
    byKey.set(key, list);
    return list;
  };
  const placesOf = ({ counts }: TestRow): PartPlaces => {
    const places: PartPlaces = { lists: [], indices: [] };
    eachPart(counts, (key, start, end) => {
      const list = byKey.get(key) ?? makeList(key);
      const index = list.distinct.add(counts.runs, start, end);
      list.times[index] = (list.times[index] ?? 0) + 1;
      places.lists.push(list);
      places.indices.push(index);
    });
    return places;
  };
  const rows = inOrder(tests).map((row) => ({ row, places: placesOf(row) }));
  return {
    of: (source) =>
      Object.fromEntries(
        Array.from(lists.get(source) ?? [], ([shape, { distinct }]) => [shape, distinct.all]),
      ),
    build: (counted) =>
      builtOf(
        rows,
        [...lists.values()].flatMap((shapes) => [...shapes.values()]),
        counted,
      ),
  };
}

/** In which order files end is a matter of time. */
function inOrder(tests: TestHits): TestRow[] {
  return [...tests.values()].sort((a, b) => compare(a.file, b.file) || compare(a.lua ?? "", b.lua ?? ""));
}

/** A source with probes has one shape, which has its name. */
function placeOf(key: string, sourceOf: (path: string) => string): Pick<PartList, "source" | "shape"> {
  const space = key.indexOf(" ");
  if (space === -1) return { source: key, shape: key };
  return { source: sourceOf(key.slice(space + 1)), shape: key.slice(0, space) };
}

function builtOf(
  rows: readonly PlacedRow[],
  lists: readonly PartList[],
  counted: ReadonlyMap<string, CountedSource>,
): ByTest {
  const numbers = new Map([...counted.keys()].map((name, index) => [name, index]));
  const covered = rows.map(({ row, places }) => ({ row, covers: coversOf(places, counted, numbers) }));
  const all = linked(covered);
  const sources = [...counted.values()];
  return { sources: sources.map(sourceOfCounted), rows: [...all, ...restOf(counted, numbers, lists)] };
}

function coversOf(
  { lists, indices }: PartPlaces,
  counted: ReadonlyMap<string, CountedSource>,
  numbers: ReadonlyMap<string, number>,
): CoverRow["covers"] {
  const covers = new Map<number, Uint8Array>();
  for (const [at, { source, shape }] of lists.entries()) {
    const number = numbers.get(source);
    const runs = counted.get(source)?.parts[shape]?.[indices[at] ?? 0] ?? null;
    if (number === undefined || runs === null) continue;
    const before = covers.get(number);
    covers.set(number, before === undefined ? runs : sumOfRuns(before, runs));
  }
  return covers;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Tests know their blocks by their lines and names. */
function linked(
  all: readonly { readonly row: TestRow; readonly covers: CoverRow["covers"] }[],
): readonly CoverRow[] {
  const blocks = new Map<string, number>();
  for (const [index, { row }] of all.entries()) {
    const { part, file, lua } = row;
    if (part.kind === "block") blocks.set(blockKey(file, lua, part.lines.split(","), part.names), index);
  }
  const around = ({ part, file, lua }: TestRow): number[] => {
    if (part.kind !== "test" || part.lines === "") return [];
    const lines = part.lines.split(",");
    return lines.flatMap((_, depth) => {
      return blocks.get(blockKey(file, lua, lines.slice(0, depth + 1), part.names.slice(0, depth))) ?? [];
    });
  };
  return all.map(({ row, covers }) => {
    const { part, file, lua, runs } = row;
    return {
      kind: part.kind,
      file,
      line: part.kind === "test" ? part.line : lineOf(part),
      names: part.kind === "outside" ? [] : part.names,
      lua,
      runs,
      blocks: around(row),
      covers,
    };
  });
}

function blockKey(
  file: string,
  lua: string | null,
  lines: readonly string[],
  names: readonly string[],
): string {
  return JSON.stringify([file, lua, lines, names]);
}

function lineOf(part: TestRow["part"]): number | null {
  const line = part.kind === "block" ? Number(part.lines.split(",").at(-1)) : Number.NaN;
  return line > 0 ? line : null;
}

function sourceOfCounted({ coverage, digest }: CountedSource): CoveredSource {
  return { path: coverage.path, digest, sites: sitesOf(coverage) };
}

/** The places of a packed file. */
export function sitesOf({ statements, names, types, ways, truthy, places }: PackedCoverage): SourceSites {
  return { statements, names, types: [...types], ways: [...ways], truthy: [...truthy], places: [...places] };
}

/** How many counts a source has. */
export function sizeOf({
  statements,
  names,
  ways,
  truthy,
}: Pick<SourceSites, "statements" | "names"> &
  Readonly<Record<"ways" | "truthy", Iterable<number>>>): number {
  let size = statements + names.length;
  for (const each of ways) size += each;
  for (const each of truthy) size += each;
  return size;
}

/** What ran and belongs to no row, as in programs that tests have started. */
function restOf(
  counted: ReadonlyMap<string, CountedSource>,
  numbers: ReadonlyMap<string, number>,
  lists: readonly PartList[],
): CoverRow[] {
  const rest = Array.from(counted.values(), ({ coverage }) => coverage.counts.slice(0, sizeOf(coverage)));
  for (const { source, shape, times } of lists) {
    const own = rest[numbers.get(source) ?? -1];
    for (const [index, runs] of (counted.get(source)?.parts[shape] ?? []).entries())
      if (own !== undefined && runs !== null) addRuns(own, runs, -(times[index] ?? 0));
  }
  const covers = new Map<number, Uint8Array>();
  for (const [number, counts] of rest.entries()) {
    const runs = runsOf(counts.map((count) => Math.max(0, count)));
    if (runs !== null) covers.set(number, runs);
  }
  if (covers.size === 0) return [];
  return [{ kind: "outside", file: null, line: null, names: [], lua: null, runs: 1, blocks: [], covers }];
}
