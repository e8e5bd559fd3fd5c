import { createPositions } from "../source/positions.js";
import { fileCoverage } from "./fileCoverage.js";
import { findIgnores } from "./ignore.js";
import { leaveOut } from "./leaveOut.js";
import type { ParsedFile } from "./siteAnalysis.js";
import { joinSites, type Sites } from "./sites.js";

/** Makes of the counters of a part of a run the counts of a file's sites, both as runs; null where it has none. */
export type PartSites = (runs: Uint8Array) => Uint8Array | null;

/**
 * Where the counts of sites are among those of the file's coverage: for each group of sites, for its statements, functions,
 * arms and true operands in their order; -1 for what comments leave out. Behind them stands how many there are.
 */
export interface SiteNumbers {
  readonly groups: readonly Int32Array[];
  readonly size: number;
}

export function siteNumbers({ path, source, syntax }: ParsedFile, groups: readonly Sites[]): SiteNumbers {
  const positions = createPositions(source);
  let last = 0;
  const ids = groups.map((sites) => countsOf(sites).map(() => ++last));
  const marked = joinSites(groups.map((sites, index) => withCounts(sites, ids[index] ?? [])));
  const { sites } = leaveOut(marked, findIgnores(syntax, positions));
  const { counts } = fileCoverage(path, sites, positions, true);
  const size = counts.length;
  const places = new Int32Array(last + 1).fill(-1);
  for (let place = 0; place < size; place++) places[counts[place] ?? 0] = place;
  return { groups: ids.map((own) => Int32Array.from(own, (id) => places[id] ?? -1)), size };
}

/** The counts of statements, functions and arms, and how often operands were true. */
export function countsOf({ statements, functions, branches }: Sites): number[] {
  const counts: number[] = [];
  for (const { hits } of statements) counts.push(hits);
  for (const { calls } of functions) counts.push(calls);
  for (const { arms } of branches) for (const { count } of arms) counts.push(count);
  for (const { truthy } of branches) for (const count of truthy) counts.push(count);
  return counts;
}

function withCounts({ statements, functions, branches }: Sites, counts: readonly number[]): Sites {
  let at = 0;
  const next = () => counts[at++] ?? 0;
  const marked = {
    statements: statements.map((each) => ({ ...each, hits: next() })),
    functions: functions.map((each) => ({ ...each, calls: next() })),
    branches: branches.map((each) => ({
      ...each,
      arms: each.arms.map((arm) => ({ ...arm, count: next() })),
    })),
  };
  return { ...marked, branches: marked.branches.map((each) => ({ ...each, truthy: each.truthy.map(next) })) };
}
