import { limitDepth } from "../../profile/limitDepth.js";
import { visit } from "../../profile/tree.js";
import type { Profile } from "../../types.js";

/** A stack has each of its functions, so that a recursion would take the square of its depth. */
const deepest = 200;

/** A profile whose stacks can be written. */
export function withShortStacks(profile: Profile): Profile {
  return limitDepth(profile, deepest);
}

/** Calls back with each stack that took time by itself, as indices of functions from the outermost on, and that time in microseconds. */
export function eachStack(profile: Profile, onStack: (stack: readonly number[], self: number) => void): void {
  const stack: number[] = [];
  visit(profile, {
    enter: (index) => {
      const node = profile.nodes[index];
      stack.push(node?.fn ?? 0);
      if (node !== undefined && node.self > 0) onStack(stack, node.self);
    },
    leave: () => stack.pop(),
  });
}
