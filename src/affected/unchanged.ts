import path from "node:path";
import { mergeByTest } from "../byTest/merge.js";
import { mergeCoverage } from "../coverage/merge.js";
import { addPacked } from "../coverage/packed/addPacked.js";
import type { PackedCoverage } from "../coverage/packed/packed.js";
import { packedMap } from "../coverage/packed/packedMap.js";
import { digestOfSource } from "../files/digest.js";
import { currentFolder, readContent } from "../files/files.js";
import { addRuns, runsOf } from "../hits/byTest/runs.js";
import { noHits } from "../hits/sum.js";
import type { ByTest, CoverageMapData, CoverRow, Hits, LineHits, Outcome, SourceSites } from "../types.js";
import type { ChangeRecord, RecordedFile, RecordedLines, RecordedRun } from "./record/record.js";
import type { Affected } from "./select.js";
import { sizeOf } from "./text/moveCounts.js";

/** What is known of the test files that do not run, as if they had. */
export interface Unchanged {
  /** The test files, as a person in the current folder would name them. */
  readonly files: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** What they cover; with the digests of these sources. */
  readonly coverage: CoverageMapData;
  readonly digests: Readonly<Record<string, string>>;
  readonly byTest: ByTest;
}

export function unchangedOf({ sources: known }: ChangeRecord, { unchanged, sources }: Affected): Unchanged {
  const used = new Set(unchanged.flatMap(({ rows }) => rows.flatMap(({ covers }) => [...covers.keys()])));
  const places = new Map([...used].map((number, index) => [number, index]));
  const moved = [...used].flatMap((number) => {
    const source = known[number];
    if (source === undefined) return [];
    const now = sources.get(number);
    if (now === undefined) return [{ ...source, map: null }];
    const digest = digestOfSource(readContent(source.path));
    return [{ path: source.path, digest, sites: now.sites, map: now.moved }];
  });
  const movedRow = (row: CoverRow, first: number): CoverRow => ({
    ...row,
    blocks: row.blocks.map((block) => block + first),
    covers: new Map(
      [...row.covers].flatMap(([number, runs]) => {
        const place = places.get(number) ?? 0;
        const source = moved[place];
        const own = source === undefined ? null : movedRuns(runs, source.map, sizeOf(source.sites));
        return own === null ? [] : [[place, own] as const];
      }),
    ),
  });
  const rows: CoverRow[] = [];
  for (const each of unchanged) rows.push(...each.rows.map((row) => movedRow(row, rows.length)));
  const counts = moved.map(({ sites }) => new Float64Array(sizeOf(sites)));
  for (const { covers } of rows)
    for (const [place, runs] of covers) addRuns(counts[place] ?? new Float64Array(), runs);
  const packed = moved.map((source, place) =>
    packedOf(source.path, source.sites, counts[place] ?? new Float64Array()),
  );
  return {
    files: unchanged.map(({ file }) => shownName(file)),
    outcomes: unchanged.flatMap(outcomesOf),
    coverage: addPacked(
      packed.map((each) => packedMap([each])),
      mergeCoverage,
    ),
    digests: Object.fromEntries(moved.map(({ path: file, digest }) => [file, digest])),
    byTest: { sources: moved.map(({ path: file, digest, sites }) => ({ path: file, digest, sites })), rows },
  };
}

/** What a run has found out of the others, with what is known of these. */
export function joined(
  run: { readonly coverage: CoverageMapData; readonly byTest: ByTest | null },
  unchanged: Unchanged,
): { readonly coverage: CoverageMapData; readonly byTest: ByTest | null } {
  return {
    coverage: addPacked([run.coverage, unchanged.coverage], mergeCoverage),
    byTest: run.byTest === null ? null : mergeByTest([run.byTest, unchanged.byTest]),
  };
}

/** `map` is null where nothing has moved. */
function movedRuns(runs: Uint8Array, map: Int32Array | null, size: number): Uint8Array | null {
  if (map === null) return runs;
  const before = new Float64Array(map.length);
  addRuns(before, runs);
  const after = new Float64Array(size);
  for (const [index, count] of before.entries()) {
    const place = map[index] ?? -1;
    if (place >= 0) after[place] = count;
  }
  return runsOf(after);
}

function packedOf(file: string, sites: SourceSites, counts: Float64Array): PackedCoverage {
  const { statements, names, types, ways, truthy, places } = sites;
  return {
    path: file,
    all: false,
    statements,
    functions: names.length,
    ways: Int32Array.from(ways),
    truthy: Int32Array.from(truthy),
    names,
    types: Uint8Array.from(types),
    places: Int32Array.from(places),
    counts,
  };
}

function outcomesOf({ file, runs, inputs }: RecordedFile): Outcome[] {
  const name = shownName(file);
  const looks = inputs.flatMap(({ path: each, use }) => (use === "loaded" ? [] : [{ path: each, use }]));
  return runs.map((run) => ({
    ...run,
    file: name,
    accesses: { looks, removed: [], changed: [], doubts: [] },
    exit: { kind: "returned" },
    results: run.results.map((result) => ({ ...result, unchanged: true })),
    hits: hitsOf(run),
    interrupted: false,
  }));
}

function hitsOf({ lines }: RecordedRun): Hits {
  if (lines.length === 0) return noHits;
  const byKey = new Map<string, LineHits[]>();
  for (const each of lines) byKey.set(each.key, [...(byKey.get(each.key) ?? []), lineHits(each)]);
  return { ...noHits, lines: byKey };
}

function lineHits({ lua, lines, calls, active }: RecordedLines): LineHits {
  return { lua, lines: new Map(lines), calls: new Map(calls), active: new Map(active) };
}

function shownName(file: string): string {
  return path.relative(currentFolder(), file);
}
