import type { Profile, ProfiledFunction } from "../types.js";
import { sumOfKnown } from "./sum.js";
import { totalsBy } from "./tree.js";

/** What all calls of something came to. */
export interface Totals {
  /** In microseconds, as `total`, which has what was called in it, of a recursion the outermost call alone. */
  readonly self: number;
  readonly total: number;
  readonly samples: number;
  /** Null where calls were not counted. */
  readonly calls: number | null;
  /** In bytes; null where that was not measured. */
  readonly allocated: number | null;
}

export interface FunctionTotals extends Totals {
  readonly index: number;
  readonly fn: ProfiledFunction;
}

/** What each function of a profile came to that was called, in the order of the functions. */
export function functionTotals(profile: Profile): FunctionTotals[] {
  const sums = totalsOfGroups(profile, (node) => profile.nodes[node]?.fn ?? null);
  return profile.functions.flatMap((fn, index) => {
    const totals = sums.get(index);
    return totals === undefined ? [] : [{ index, fn, ...totals }];
  });
}

export interface FileTotals extends Totals {
  /** Null for what has none. */
  readonly file: string | null;
}

/** What the functions of each file came to. */
export function fileTotals(profile: Profile): FileTotals[] {
  const { functions, nodes } = profile;
  const sums = totalsOfGroups(profile, (node) => functions[nodes[node]?.fn ?? -1]?.file ?? nowhere);
  return Array.from(sums, ([file, totals]) => ({ file: file === nowhere ? null : file, ...totals }));
}

/** No file has this name. */
const nowhere = "";

function totalsOfGroups<Key>(profile: Profile, groupOf: (node: number) => Key | null): Map<Key, Totals> {
  const totals = totalsBy(profile, groupOf);
  const sums = new Map<Key, Totals>();
  for (const [index, node] of profile.nodes.entries()) {
    const key = groupOf(index);
    if (key === null) continue;
    const { self, samples, calls, allocated } = sums.get(key) ?? nothing;
    sums.set(key, {
      self: self + node.self,
      total: totals.get(key) ?? 0,
      samples: samples + node.samples,
      calls: sumOfKnown(calls, node.calls),
      allocated: sumOfKnown(allocated, node.allocated),
    });
  }
  return sums;
}

const nothing: Totals = { self: 0, total: 0, samples: 0, calls: 0, allocated: 0 };
