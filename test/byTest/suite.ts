import path from "node:path";
import { type Config, loadConfig, type Options, run } from "luacov-ts";
import { eachCount, type KnownTest, suiteOf } from "../../src/byTest/query.js";
import { indexSources, type SourceIndex } from "../../src/byTest/sites.js";
import { readByTest } from "../../src/store/byTestFile.js";
import type { ByTest, CoverageMapData, CoverRow, FileCoverageData } from "../../src/types.js";

/** What a run has found out: the plain map, and which test covers what. */
export interface Ran {
  readonly coverage: CoverageMapData;
  readonly byTest: ByTest;
  readonly config: Config;
}

export async function runByTest(folder: string, options: Options, patterns: readonly string[]): Promise<Ran> {
  const config = await loadConfig({ cwd: folder, luaPath: "?.lua", byTest: true, ...options });
  const paths = patterns.map((each) => path.join(folder, each));
  const { coverage } = await run(config, { patterns: paths });
  return { coverage, byTest: readByTest(config), config };
}

/** Counts of statements, functions and ways by their places, without zeros. */
export type Counts = Readonly<Record<string, number>>;

export function countsOfRows(rows: readonly CoverRow[], byTest: ByTest): Counts {
  const counts: Record<string, number> = {};
  for (const source of indexSources(byTest).values())
    for (const row of rows)
      eachCount(row, source, (site, count) => {
        const key = `${path.basename(source.path)} ${keyOf(source, site)}`;
        counts[key] = (counts[key] ?? 0) + count;
      });
  return counts;
}

function keyOf({ sites }: SourceIndex, site: number): string {
  return sites[site]?.key ?? "";
}

/** The same of a coverage map. */
export function countsOfMap(map: CoverageMapData): Counts {
  const counts: Record<string, number> = {};
  for (const file of Object.values(map)) addFile(counts, file);
  return counts;
}

interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}
const text = ({ start, end }: Range) => `${start.line}:${start.column}-${end.line}:${end.column}`;

function addFile(counts: Record<string, number>, file: FileCoverageData): void {
  const { path: name, statementMap, fnMap, branchMap, s, f, b } = file;
  const add = (key: string, count: number) => {
    if (count > 0) counts[`${path.basename(name)} ${key}`] = count;
  };
  for (const [id, place] of Object.entries(statementMap)) add(`statement ${text(place)}`, s[id] ?? 0);
  for (const [id, { loc }] of Object.entries(fnMap)) add(`function ${text(loc)}`, f[id] ?? 0);
  for (const [id, { type, loc }] of Object.entries(branchMap))
    for (const [way, count] of (b[id] ?? []).entries()) add(`branch ${text(loc)} ${type} ${way}`, count);
}

/** Everything that a test covers, with what goes before and after the tests of its blocks. */
export function countsOfTest({ rows, blocks }: KnownTest, byTest: ByTest): Counts {
  return countsOfRows([...rows, ...blocks], byTest);
}

export function testsIn(byTest: ByTest): readonly KnownTest[] {
  return suiteOf(byTest).tests;
}

export function added(...all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all)
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}
