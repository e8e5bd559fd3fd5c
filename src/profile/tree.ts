import type { Profile } from "../types.js";

/** Hears of each node when its call begins, and when all that it called is over. */
export interface Visitor {
  readonly enter: (node: number) => void;
  readonly leave?: (node: number) => void;
}

/** Goes through the calls of a profile in the order of its nodes, what was called inside of what called it. */
export function visit({ nodes }: Pick<Profile, "nodes">, { enter, leave = () => {} }: Visitor): void {
  const { first, next } = links(nodes);
  const open: number[] = [];
  for (let node = first[0] ?? none; node !== none; ) {
    enter(node);
    open.push(node);
    const called = first[node + 1] ?? none;
    node = called === none ? leaveUntilNext(open, next, leave) : called;
  }
}

const none = -1;

/** The first call of each node, by its index and one, and the next call of the same caller. */
function links(nodes: Profile["nodes"]): { readonly first: Int32Array; readonly next: Int32Array } {
  const first = new Int32Array(nodes.length + 1).fill(none);
  const next = new Int32Array(nodes.length).fill(none);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const parent = (nodes[index]?.parent ?? none) + 1;
    next[index] = first[parent] ?? none;
    first[parent] = index;
  }
  return { first, next };
}

function leaveUntilNext(open: number[], next: Int32Array, leave: (node: number) => void): number {
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    leave(node);
    const sibling = next[node] ?? none;
    if (sibling !== none) return sibling;
  }
  return none;
}

/** The time of each node with all that it called, in microseconds. */
export function totalsOf({ nodes }: Pick<Profile, "nodes">): Float64Array {
  const totals = Float64Array.from(nodes, ({ self }) => self);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const parent = nodes[index]?.parent ?? none;
    if (parent !== none) totals[parent] = (totals[parent] ?? 0) + (totals[index] ?? 0);
  }
  return totals;
}

/** The time of all nodes, in microseconds. */
export function wholeOf({ nodes }: Pick<Profile, "nodes">): number {
  return nodes.reduce((sum, { self }) => sum + self, 0);
}

/**
 * The time in the calls of each group, in microseconds: of a call inside of another one of its group, as in a recursion, no time
 * is counted twice. Null is no group.
 */
export function totalsBy<Key>(
  profile: Pick<Profile, "nodes">,
  groupOf: (node: number) => Key | null,
): Map<Key, number> {
  const totals = totalsOf(profile);
  const sums = new Map<Key, number>();
  const open = new Map<Key, number>();
  const change = (node: number, by: number) => {
    const key = groupOf(node);
    if (key === null) return;
    const depth = open.get(key) ?? 0;
    if (by > 0 && depth === 0) sums.set(key, (sums.get(key) ?? 0) + (totals[node] ?? 0));
    open.set(key, depth + by);
  };
  visit(profile, { enter: (node) => change(node, 1), leave: (node) => change(node, -1) });
  return sums;
}
