import type { Profile } from "../types.js";
import { sumOfKnown } from "./sum.js";
import { totalsBy } from "./tree.js";

/** The calls from one function to another one, by their indices. */
export interface Calls {
  readonly from: number;
  readonly to: number;
  /** The time in them, in microseconds; of calls in one another the outermost alone. */
  readonly total: number;
  /** Null where calls were not counted. */
  readonly calls: number | null;
}

/** All calls of a profile, by who called whom. */
export function callsOf(profile: Profile): Calls[] {
  const totals = totalsBy(profile, (node) => keyOf(profile, node));
  const counts = new Map<number, number | null>();
  for (const [index, { calls }] of profile.nodes.entries()) {
    const key = keyOf(profile, index);
    if (key === null) continue;
    const known = counts.get(key);
    counts.set(key, known === undefined ? calls : sumOfKnown(known, calls));
  }
  const size = profile.functions.length;
  return Array.from(counts, ([key, calls]) => {
    return { from: Math.floor(key / size), to: key % size, total: totals.get(key) ?? 0, calls };
  });
}

/** One number for a pair of functions; null at the top. */
function keyOf({ functions, nodes }: Profile, index: number): number | null {
  const node = nodes[index];
  const caller = nodes[node?.parent ?? -1];
  return node === undefined || caller === undefined ? null : caller.fn * functions.length + node.fn;
}
