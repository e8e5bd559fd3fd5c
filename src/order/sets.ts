/** What tests cover in one run, as sets that those of another run can be compared with. */

import { eachCount } from "../byTest/query.js";
import { indexSources, type Site, type SourceIndex } from "../byTest/sites.js";
import type { ByTest, CoveredLines, CoverRow, OrderedTest, TestVerdict } from "../types.js";

/** By source, its sites by their keys. */
export type Sites = ReadonlyMap<string, ReadonlyMap<string, Site>>;

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
  const sources = [...indexSources(byTest).values()];
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

function sitesOf(sources: readonly SourceIndex[], rows: readonly CoverRow[]): Sites {
  const found = new Map<string, ReadonlyMap<string, Site>>();
  for (const source of sources) {
    const sites = new Map<string, Site>();
    for (const row of rows)
      eachCount(row, source, (number) => {
        const site = source.sites[number];
        if (site !== undefined) sites.set(site.key, site);
      });
    if (sites.size > 0) found.set(source.path, sites);
  }
  return found;
}

/** Whether a test did the same in two runs. */
export function isSame(a: Observation, b: Observation): boolean {
  return a.verdict === b.verdict && onlyIn(a, b).length === 0 && onlyIn(b, a).length === 0;
}

/** The lines of what a test covers in one run, and nobody of its file in the other. */
export function onlyIn(one: Observation, other: Observation): readonly CoveredLines[] {
  return [...one.covers].flatMap(([source, sites]) => {
    const known = [other.covers, other.around, one.around].flatMap((each) => each.get(source) ?? []);
    const own = [...sites.values()].filter(({ key }) => !known.some((each) => each.has(key)));
    if (own.length === 0) return [];
    const lines = own.filter(({ kind }) => kind !== "branch");
    const branches = own.filter(({ kind }) => kind === "branch");
    return [{ source, lines: linesOf(lines), branches: linesOf(branches) }];
  });
}

function linesOf(sites: readonly Site[]): number[] {
  return [...new Set(sites.map(({ line }) => line))].sort((a, b) => a - b);
}
