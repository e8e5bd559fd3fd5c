import { eachCount, type KnownTest, owners, ownersOf, type Suite } from "./query.js";
import type { SourceIndex } from "./sites.js";

/** How much of some sources a test covers: statements, functions and ways; all, and those that it alone covers. */
export interface Share {
  readonly test: KnownTest;
  readonly covered: Counts;
  readonly alone: Counts;
}
export interface Counts {
  statement: number;
  function: number;
  branch: number;
}

/** What of a source one test alone covers, or nothing but what runs outside of tests. */
export interface SourceShare {
  readonly source: SourceIndex;
  readonly alone: ReadonlyMap<number, readonly number[]>;
  readonly outside: readonly number[];
}

export function sharesOf(sources: readonly SourceIndex[], suite: Suite) {
  const zero = (): Counts => ({ statement: 0, function: 0, branch: 0 });
  const shares: Share[] = suite.tests.map((test) => ({ test, covered: zero(), alone: zero() }));
  for (const source of sources)
    for (const { test, covered } of shares)
      for (const site of ranBy(test, source)) covered[kindOf(source, site)]++;
  return { shares, bySource: sources.map((source) => shareOf(source, suite, shares)) };
}

/** Adds what each test alone covers of a source. */
function shareOf(source: SourceIndex, suite: Suite, shares: readonly Share[]): SourceShare {
  const alone = new Map<number, number[]>();
  const outside: number[] = [];
  for (const [site, owner] of ownersOf(source, suite).entries()) {
    const kind = kindOf(source, site);
    const share = shares[owner];
    if (share !== undefined) share.alone[kind]++;
    if (kind !== "statement") continue;
    if (owner === owners.outside) outside.push(site);
    else if (owner >= 0) alone.set(owner, [...(alone.get(owner) ?? []), site]);
  }
  return { source, alone, outside };
}

function kindOf({ sites }: SourceIndex, site: number): keyof Counts {
  return sites[site]?.kind ?? "statement";
}

function ranBy({ rows, blocks }: KnownTest, source: SourceIndex): ReadonlySet<number> {
  const sites = new Set<number>();
  for (const row of [...rows, ...blocks]) eachCount(row, source, (site) => sites.add(site));
  return sites;
}
