/** What tests cover of compiled Lua as what they cover of the sources that it was made of. */

import type { Range } from "istanbul-lib-coverage";
import { branchTypes } from "../coverage/sites.js";
import { digestOfSource } from "../files/digest.js";
import { isFile, readContent } from "../files/files.js";
import { eachRun, runsOf } from "../hits/byTest/runs.js";
import type { ByTest, Config, CoveredSource, CoverRow, FileCoverageData, SourceSites } from "../types.js";
import { createFolders } from "./folders.js";
import { createLines, type LinesOf } from "./lines.js";
import { isUnusable, mapTextOf } from "./mapText.js";
import { createOriginalPlaces, type OriginalPlace, type OriginalPlaces } from "./originalPlaces.js";
import { findOriginals } from "./places.js";
import { type SourceMap, sourceMapIn } from "./sourceMap.js";
import { createOriginalLines } from "./testPlaces.js";

/** A source as those that it was made of; by the place of each of its counts, to which of their counts that one goes. */
interface Moved {
  readonly sources: readonly CoveredSource[];
  readonly targets: readonly (Target | null)[];
}

interface Target {
  /** Its place among the sources. */
  readonly source: number;
  readonly count: number;
}

/** By the same source maps as `remap`; what has none, or one that is of no use, stays as it is. What is given is not changed. */
export function remapByTest({ sourceMap }: Pick<Config, "sourceMap">, byTest: ByTest): ByTest {
  if (!sourceMap) return byTest;
  const [folders, linesOf] = [createFolders(), createLines()];
  const rows = rowsByOriginals(byTest.rows);
  const moved = byTest.sources.map((source) => {
    const text = mapTextOf(source.path, folders);
    const map = text === null || isUnusable(text) ? null : sourceMapIn(text);
    return map === null || isUnusable(map) ? null : movedBy(map, source, linesOf);
  });
  const original = { ...byTest, rows };
  return moved.every((each) => each === null) ? original : withMoved(original, moved);
}

/** Tests are where people have written them. */
function rowsByOriginals(rows: readonly CoverRow[]): readonly CoverRow[] {
  const lines = createOriginalLines();
  return rows.map((row) => {
    const { file, line } = row;
    if (file === null) return row;
    if (line !== null) return { ...row, ...lines.at(file, line) };
    return { ...row, file: lines.sourceOf(file) ?? file };
  });
}

function movedBy(map: SourceMap, { path, digest, sites }: CoveredSource, linesOf: LinesOf): Moved | null {
  const originals = createOriginalPlaces(findOriginals(map, linesOf), false);
  const places = placesOf(sites, originals);
  const files = Object.values(originals.files);
  if (files.length === 0) return null;
  // A map is that of the Lua beside it: of one that has changed since, it tells nothing.
  const isSame = isFile(path) && digestOfSource(readContent(path)) === digest;
  const sources = files.map((file) => ({
    path: file.path,
    digest: isSame ? digestOfSource(readContent(file.path)) : "",
    sites: sitesOf(file),
  }));
  return { sources, targets: places.map((place) => targetOf(place, files, sources)) };
}

/** Of one of the counts of a source. */
interface CountPlace {
  readonly kind: "statement" | "function" | "way" | "operand";
  readonly place: OriginalPlace;
  /** Of a way, or an operand, which one of its branch. */
  readonly index: number;
}

/** In the order of its counts. */
function placesOf(sites: SourceSites, originals: OriginalPlaces): readonly CountPlace[] {
  const next = rangesIn(sites);
  const statements = Array.from({ length: sites.statements }, (): CountPlace => {
    return { kind: "statement", place: originals.statement(next()), index: 0 };
  });
  const functions = sites.names.map((name): CountPlace => {
    const [decl, loc] = [next(), next()];
    return { kind: "function", place: originals.fn({ name, decl, loc, line: decl.start.line }), index: 0 };
  });
  const branches = sites.ways.map((count, index) => {
    const loc = next();
    const locations = Array.from({ length: count }, next);
    const type = branchTypes[sites.types[index] ?? 0] ?? "if";
    const place = originals.branch({ type, loc, locations, line: loc.start.line });
    const operands = sites.truthy[index] ?? 0;
    if (place !== null) place.file.bT = { ...place.file.bT, [place.id]: zeros(operands) };
    return { place, ways: count, operands };
  });
  const ways = branches.flatMap(({ place, ways: count }) => placesIn("way", place, count));
  const operands = branches.flatMap(({ place, operands: count }) => placesIn("operand", place, count));
  return [...statements, ...functions, ...ways, ...operands];
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function placesIn(kind: CountPlace["kind"], place: OriginalPlace, count: number): CountPlace[] {
  return Array.from({ length: count }, (_, index) => ({ kind, place, index }));
}

function rangesIn({ places }: SourceSites): () => Range {
  let at = 0;
  return () => {
    const [line = 0, column = 0, endLine = 0, endColumn = 0] = places.slice(at, at + 4);
    at += 4;
    return { start: { line, column }, end: { line: endLine, column: endColumn } };
  };
}

function targetOf(
  { kind, place, index }: CountPlace,
  files: readonly FileCoverageData[],
  sources: readonly CoveredSource[],
): Target | null {
  if (place === null) return null;
  const source = files.indexOf(place.file);
  const { statements = 0, names = [], ways = [], truthy = [] } = sources[source]?.sites ?? {};
  const id = Number(place.id);
  if (kind === "statement") return { source, count: id };
  if (kind === "function") return { source, count: statements + id };
  const first = statements + names.length;
  if (kind === "way") return { source, count: first + sum(ways.slice(0, id)) + index };
  return { source, count: first + sum(ways) + sum(truthy.slice(0, id)) + index };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

const types: readonly string[] = branchTypes;

function sitesOf({ statementMap, fnMap, branchMap, bT = {} }: FileCoverageData): SourceSites {
  const statements = Object.values(statementMap);
  const functions = Object.values(fnMap);
  const branches = Object.values(branchMap);
  return {
    statements: statements.length,
    names: functions.map(({ name }) => name),
    types: branches.map(({ type }) => types.indexOf(type)),
    ways: branches.map(({ locations }) => locations.length),
    truthy: Object.keys(branchMap).map((id) => bT[id]?.length ?? 0),
    places: [
      ...statements,
      ...functions.flatMap(({ decl, loc }) => [decl, loc]),
      ...branches.flatMap(({ loc, locations }) => [loc, ...locations]),
    ].flatMap(({ start, end }) => [start.line, start.column, end.line, end.column]),
  };
}

function withMoved({ sources, rows }: ByTest, moved: readonly (Moved | null)[]): ByTest {
  const all: CoveredSource[] = [];
  const firsts = sources.map((source, index) => {
    const first = all.length;
    all.push(...(moved[index]?.sources ?? [source]));
    return first;
  });
  const coversOf = (covers: CoverRow["covers"]): CoverRow["covers"] =>
    new Map(
      [...covers].flatMap(([number, runs]) => {
        const first = firsts[number] ?? 0;
        const own = moved[number] ?? null;
        return own === null ? [[first, runs] as const] : movedRuns(runs, own, first);
      }),
    );
  return { sources: all, rows: rows.map((row) => ({ ...row, covers: coversOf(row.covers) })) };
}

/** Of several statements of Lua that one was made into, it has the largest count, as in a coverage map. */
function movedRuns(
  runs: Uint8Array,
  { sources, targets }: Moved,
  first: number,
): (readonly [number, Uint8Array])[] {
  const counts = sources.map((): number[] => []);
  eachRun(runs, (start, size, count) => {
    for (const target of targets.slice(start, start + size)) {
      const own = target === null ? undefined : counts[target.source];
      if (own !== undefined && target !== null) own[target.count] = Math.max(own[target.count] ?? 0, count);
    }
  });
  return counts.flatMap((own, index) => {
    const moved = runsOf(Float64Array.from(own, (count) => count ?? 0));
    return moved === null ? [] : [[first + index, moved] as const];
  });
}
