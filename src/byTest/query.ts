import { eachRun } from "../hits/byTest/runs.js";
import type { ByTest, CoverRow } from "../types.js";
import type { Site, SourceIndex } from "./sites.js";

/** A test, in whichever Luas it ran. */
export interface KnownTest {
  readonly file: string;
  readonly line: number | null;
  readonly names: readonly string[];
  /** Null for the embedded one. */
  readonly luas: readonly (string | null)[];
  /** How often it ran. */
  readonly runs: number;
  /** Its rows, each with those of its blocks. */
  readonly rows: readonly CoverRow[];
  readonly blocks: readonly CoverRow[];
}

/** All tests, and what belongs to none. */
export interface Suite {
  readonly tests: readonly KnownTest[];
  readonly outside: readonly CoverRow[];
}

export function suiteOf({ rows }: ByTest): Suite {
  const tests = new Map<string, CoverRow[]>();
  for (const row of rows.filter(({ kind }) => kind === "test")) {
    const key = JSON.stringify([row.file, row.line, row.names]);
    const known = tests.get(key);
    if (known === undefined) tests.set(key, [row]);
    else known.push(row);
  }
  return {
    // Those of shards come as these ended.
    tests: [...tests.values()]
      .map((own) => testOf(own, rows))
      .sort((a, b) => (a.file === b.file ? 0 : a.file < b.file ? -1 : 1)),
    outside: rows.filter(({ kind }) => kind === "outside"),
  };
}

function testOf(own: readonly CoverRow[], all: readonly CoverRow[]): KnownTest {
  const [{ file, line, names } = { file: null, line: null, names: [] }] = own;
  return {
    ...{ file: file ?? "", line, names },
    luas: own.map(({ lua }) => lua),
    runs: own.reduce((sum, { runs }) => sum + runs, 0),
    rows: own,
    blocks: own.flatMap(({ blocks }) => blocks.flatMap((block) => all[block] ?? [])),
  };
}

/** How often rows ran some sites: of several, the one that ran most. */
export function timesOf(rows: readonly CoverRow[], source: SourceIndex, sites: readonly number[]): number {
  const wanted = new Map(sites.map((site) => [site, 0]));
  for (const row of rows) {
    eachCount(row, source, (site, count) => {
      const known = wanted.get(site);
      if (known !== undefined) wanted.set(site, known + count);
    });
  }
  return Math.max(0, ...wanted.values());
}

/** Tells of each site of a source that a row ran. */
export function eachCount(
  { covers }: CoverRow,
  { numbers }: SourceIndex,
  tell: (site: number, count: number) => void,
): void {
  for (const [number, places] of numbers) {
    const runs = covers.get(number);
    if (runs === undefined) continue;
    eachRun(runs, (start, size, count) => {
      for (let at = start; at < start + size; at++) {
        const site = places[at];
        if (site !== undefined) tell(site, count);
      }
    });
  }
}

/** Whose a site is: that of a test, by its number; nobody's; several tests'; or what runs outside of tests, alone or too. */
export const owners = { nobody: -1, several: -2, outside: -3 } as const;

/** For each site of a source whose it is: what has run outside of tests, no test covers alone. */
export function ownersOf(source: SourceIndex, { tests, outside }: Suite): Int32Array {
  const result = new Int32Array(source.sites.length).fill(owners.nobody);
  for (const [index, { rows, blocks }] of tests.entries())
    for (const row of [...rows, ...blocks])
      eachCount(row, source, (site) => {
        const known = result[site];
        if (known === owners.nobody) result[site] = index;
        else if (known !== index) result[site] = owners.several;
      });
  for (const row of outside)
    eachCount(row, source, (site) => {
      if (result[site] === owners.nobody) result[site] = owners.outside;
      else if (result[site] !== owners.outside) result[site] = owners.several;
    });
  return result;
}

/** The sites of a line: statements that begin there, or else the innermost one around it. */
export function sitesAt({ sites }: SourceIndex, line: number): readonly number[] {
  const statements = [...sites.entries()].filter(([, { kind }]) => kind === "statement");
  const begun = statements.filter(([, site]) => site.line === line).map(([index]) => index);
  if (begun.length > 0) return begun;
  const around = statements.filter(([, site]) => site.line <= line && line <= site.endLine);
  const length = ([, site]: readonly [number, Site]) => site.endLine - site.line;
  const inner = around.toSorted((a, b) => length(a) - length(b))[0];
  return inner === undefined ? [] : [inner[0]];
}

/** The functions of a name: all of it, or the end of it behind a dot or colon. */
export function functionsNamed({ sites }: SourceIndex, name: string): readonly number[] {
  const found = [...sites.entries()].filter(([, { kind }]) => kind === "function");
  const exact = found.filter(([, site]) => site.name === name);
  const ends = found.filter(([, site]) => site.name.endsWith(`.${name}`) || site.name.endsWith(`:${name}`));
  return (exact.length > 0 ? exact : ends).map(([index]) => index);
}
