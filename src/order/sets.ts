/** What tests cover in one run, as sets that those of another run can be compared with. */

import { eachCount } from "../byTest/query.js";
import { indexSources, loadingSites, type Site, type SourceIndex } from "../byTest/sites.js";
import type { ByTest, CoveredLines, CoverRow, OrderedTest, TestVerdict } from "../types.js";

/** By source. */
export type Sites = ReadonlyMap<string, SourceSites>;

interface SourceSites {
  /** Those in functions, by their keys: what runs when a source is loaded runs for whichever test is first. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly isLoaded: boolean;
}

/** What a test did in one run. */
export interface Observation {
  readonly verdict: TestVerdict;
  readonly covers: Sites;
  /** What its file covers outside of tests: loaded, registered, set up for blocks. That is no matter of the order of tests. */
  readonly around: Sites;
}

/** Finds what a test covers, and what its file covers outside of tests. */
export interface FindSets {
  of(test: OrderedTest): Pick<Observation, "covers" | "around">;
}

export const noSets: FindSets = { of: () => ({ covers: new Map(), around: new Map() }) };

export function setsIn(byTest: ByTest): FindSets {
  const sources = [...indexSources(byTest).values()].map((source) => ({
    source,
    loading: loadingSites(source),
  }));
  const rows = grouped(byTest.rows, keyOfRow);
  const around = new Map<string, Sites>();
  return {
    of: (test) => {
      const file = JSON.stringify([test.file, test.lua]);
      const known = around.get(file) ?? sitesOf(sources, rows.get(file) ?? []);
      around.set(file, known);
      return { covers: sitesOf(sources, rows.get(keyOf(test)) ?? []), around: known };
    },
  };
}

function keyOfRow({ kind, ...row }: CoverRow): string {
  return kind === "test" ? keyOf(row) : JSON.stringify([row.file, row.lua]);
}

function keyOf({ file, lua, names }: Pick<CoverRow, "file" | "lua" | "names">): string {
  return JSON.stringify([file, lua, names]);
}

function grouped(
  rows: readonly CoverRow[],
  keyOfOne: (row: CoverRow) => string,
): ReadonlyMap<string, CoverRow[]> {
  const groups = new Map<string, CoverRow[]>();
  for (const row of rows) {
    const key = keyOfOne(row);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return groups;
}

interface KnownSource {
  readonly source: SourceIndex;
  readonly loading: ReadonlySet<number>;
}

function sitesOf(sources: readonly KnownSource[], rows: readonly CoverRow[]): Sites {
  const found = sources.map((each) => [each.source.path, sitesIn(each, rows)] as const);
  return new Map(found.filter(([, { sites, isLoaded }]) => isLoaded || sites.size > 0));
}

function sitesIn({ source, loading }: KnownSource, rows: readonly CoverRow[]): SourceSites {
  const sites = new Map<string, Site>();
  let isLoaded = false;
  for (const row of rows)
    eachCount(row, source, (number) => {
      const site = source.sites[number];
      if (loading.has(number)) isLoaded = true;
      else if (site !== undefined) sites.set(site.key, site);
    });
  return { sites, isLoaded };
}

/** Whether a test did the same in two runs. */
export function isSame(a: Observation, b: Observation): boolean {
  return a.verdict === b.verdict && onlyIn(a, b).length === 0 && onlyIn(b, a).length === 0;
}

/**
 * The lines of what a test covers in one run, and nobody of its file in the other. Where it loads sources that it does not in the other one, what
 * these do meanwhile cannot be told from what it does, so there are none.
 */
export function onlyIn(one: Observation, other: Observation): readonly CoveredLines[] {
  if (loadsMore(one, other)) return [];
  return [...one.covers].flatMap(([source, { sites }]) => {
    const known = others(one, other).flatMap((each) => each.get(source)?.sites ?? []);
    const own = [...sites.values()].filter(({ key }) => !known.some((each) => each.has(key)));
    if (own.length === 0) return [];
    const lines = own.filter(({ kind }) => kind !== "branch");
    const branches = own.filter(({ kind }) => kind === "branch");
    return [{ source, lines: linesOf(lines), branches: linesOf(branches) }];
  });
}

/** Whether a test loads sources that nobody of its file does in the other run. */
export function loadsMore(one: Observation, other: Observation): boolean {
  return [...one.covers].some(
    ([source, { isLoaded }]) =>
      isLoaded && !others(one, other).some((each) => each.get(source)?.isLoaded === true),
  );
}

const others = (one: Observation, other: Observation) => [other.covers, other.around, one.around];

function linesOf(sites: readonly Site[]): number[] {
  return [...new Set(sites.map(({ line }) => line))].sort((a, b) => a - b);
}
