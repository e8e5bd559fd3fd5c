import type { Proto } from "../../types.js";

/** For each instruction whether any path from the function's start leads to it. */
export function reachable(proto: Proto): readonly boolean[] {
  const seen = new Array<boolean>(proto.code.length).fill(false);
  const pending = [0];
  for (let pc = pending.pop(); pc !== undefined; pc = pending.pop()) {
    if (seen[pc] !== false) continue;
    seen[pc] = true;
    for (const next of proto.successors(pc)) pending.push(next);
  }
  return seen;
}
