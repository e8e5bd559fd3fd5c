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
  /** By itself, with what goes before and after each test: what else its file loads, registers and sets up is no matter of order. */
  readonly covers: Sites;
}

export type FindSites = (test: OrderedTest) => Sites;

export const noSites: FindSites = () => new Map();

export function sitesIn(byTest: ByTest): FindSites {
  const sources = [...indexSources(byTest).values()].map((source) => ({
    source,
    loading: loadingSites(source),
  }));
  const rows = new Map<string, CoverRow[]>();
  for (const row of byTest.rows.filter(({ kind }) => kind === "test")) {
    const known = rows.get(keyOf(row));
    if (known === undefined) rows.set(keyOf(row), [row]);
    else known.push(row);
  }
  return (test) => sitesOf(sources, rows.get(keyOf(test)) ?? []);
}

function keyOf({ file, lua, names }: Pick<CoverRow, "file" | "lua" | "names">): string {
  return JSON.stringify([file, lua, names]);
}

interface KnownSource {
  readonly source: SourceIndex;
  readonly loading: ReadonlySet<number>;
}

function sitesOf(sources: readonly KnownSource[], rows: readonly CoverRow[]): Sites {
  const found = sources.map((each) => [each.source.path, sourceSites(each, rows)] as const);
  return new Map(found.filter(([, { sites, isLoaded }]) => isLoaded || sites.size > 0));
}

function sourceSites({ source, loading }: KnownSource, rows: readonly CoverRow[]): SourceSites {
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
 * The lines of what a test covers in one run and not in the other. Where it loads sources that it does not in the other one, what these
 * do meanwhile cannot be told from what it does, so there are none.
 */
export function onlyIn(one: Observation, other: Observation): readonly CoveredLines[] {
  if (loadsMore(one, other)) return [];
  return [...one.covers].flatMap(([source, { sites }]) => {
    const known = other.covers.get(source)?.sites;
    const own = [...sites.values()].filter(({ key }) => known?.has(key) !== true);
    if (own.length === 0) return [];
    const lines = own.filter(({ kind }) => kind !== "branch");
    const branches = own.filter(({ kind }) => kind === "branch");
    return [{ source, lines: linesOf(lines), branches: linesOf(branches) }];
  });
}

/** Whether a test loads sources in one run that it does not in the other. */
export function loadsMore(one: Observation, other: Observation): boolean {
  return [...one.covers].some(
    ([source, { isLoaded }]) => isLoaded && other.covers.get(source)?.isLoaded !== true,
  );
}

function linesOf(sites: readonly Site[]): number[] {
  return [...new Set(sites.map(({ line }) => line))].sort((a, b) => a - b);
}
