import type { CoverRow } from "../types.js";
import { eachCount, type KnownTest, type Suite } from "./query.js";
import { loadingSites, type SourceIndex } from "./sites.js";

/** What a test covers in some of its runs, and certainly not in all of them. */
export interface Varying {
  readonly test: KnownTest;
  readonly source: SourceIndex;
  readonly sites: readonly number[];
  /** In which Luas it covers them, where it does so in no other one; null where it is some of its runs in one Lua. */
  readonly luas: readonly (string | null)[] | null;
}

/**
 * What is known without another run: what ran less often than its test did, and what ran in some Luas alone. What runs several times
 * in one run and never in another may be missing. What runs when a source is loaded is left out: that is some test, whichever is first.
 */
export function varyingOf(sources: readonly SourceIndex[], { tests }: Suite): readonly Varying[] {
  const several = tests.filter(({ rows }) => rows.length > 1 || rows.some(({ runs }) => runs > 1));
  if (several.length === 0) return [];
  return sources.flatMap((source) => {
    const loading = loadingSites(source);
    const isAsked = (site: number) => !loading.has(site);
    return several.flatMap((test) => [...inRounds(test, source, isAsked), ...inLuas(test, source, isAsked)]);
  });
}

type IsAsked = (site: number) => boolean;

function inRounds(test: KnownTest, source: SourceIndex, isAsked: IsAsked): Varying[] {
  const found = test.rows.flatMap((row) =>
    [...countsOf(row, source)].filter(([, count]) => count < row.runs).map(([site]) => site),
  );
  const sites = [...new Set(found)].filter(isAsked);
  return sites.length === 0 ? [] : [{ test, source, sites, luas: null }];
}

/** Several Luas may know different sites of a source: only those that all know can be compared. */
function inLuas(test: KnownTest, source: SourceIndex, isAsked: IsAsked): Varying[] {
  if (test.rows.length < 2) return [];
  const counts = test.rows.map((row) => ({ lua: row.lua, sites: countsOf(row, source) }));
  const groups = new Map<string, Varying & { readonly sites: number[] }>();
  for (const site of new Set(counts.flatMap(({ sites }) => [...sites.keys()]))) {
    const luas = counts.filter(({ sites }) => sites.has(site)).map(({ lua }) => lua);
    if (luas.length === counts.length || !isAsked(site) || !isKnownToAll(site, source)) continue;
    const key = JSON.stringify(luas);
    const group = groups.get(key) ?? { test, source, sites: [], luas };
    groups.set(key, group);
    group.sites.push(site);
  }
  return [...groups.values()];
}

function isKnownToAll(site: number, { numbers }: SourceIndex): boolean {
  return [...numbers.values()].every((places) => places.includes(site));
}

function countsOf(row: CoverRow, source: SourceIndex): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  eachCount(row, source, (site, count) => counts.set(site, (counts.get(site) ?? 0) + count));
  return counts;
}
