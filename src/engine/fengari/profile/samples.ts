import type { CallInfo, LuaState } from "../fengari.js";
import { lineOf } from "../fengari.js";
import type { Tracer } from "../trace.js";
import type { CalledFunctions } from "./calledFunctions.js";
import type { CallTree } from "./callTree.js";

/** After how many instructions a program is looked at, on average: some 2 ms. */
export const interval = 10_000;

/**
 * From half to one and a half of the interval, another one each time: a program that goes round and round is not always to be met at
 * the same place. The same for each program, so that samples are.
 */
function createCounts(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 16807) % 2147483647;
    return Math.floor(interval * (0.5 + seed / 2147483647));
  };
}

/** How much of a deep stack is looked at, from the innermost call on. */
const deepest = 200;

export interface Samples {
  readonly count: number;
  readonly tracer: Tracer;
  /** While the program stands still for its debugger, nothing is noted. */
  stand(isStanding: boolean): void;
}

/** Notes where a program is each time after so many instructions, with the time that has passed since. */
export function sampleCalls(functions: CalledFunctions, tree: CallTree, inner: Tracer): Samples {
  const nextCount = createCounts();
  let left = nextCount();
  let count = 0;
  let last = performance.now();
  const take = (L: LuaState) => {
    const now = performance.now();
    left = nextCount();
    count++;
    const { node, call } = whereIs(functions, tree, L.ci);
    tree.addSample(node, now - last, call === null ? 0 : lineOf(call));
    last = performance.now();
    tree.overhead += last - now;
  };
  let standsSince: number | null = null;
  const tracer: Tracer = (L) => {
    if (standsSince === null && --left === 0) take(L);
    inner(L);
  };
  return {
    get count() {
      return count;
    },
    tracer,
    stand: (isStanding) => {
      const now = performance.now();
      if (standsSince !== null) last += now - standsSince;
      standsSince = isStanding ? now : null;
    },
  };
}

/** The node of the innermost call that is the program's, and that call. */
function whereIs(functions: CalledFunctions, tree: CallTree, innermost: CallInfo) {
  const stack: { readonly call: CallInfo; readonly fn: number }[] = [];
  let depth = 0;
  for (let call: CallInfo | null = innermost; call !== null && depth < deepest; call = call.previous) {
    const fn = functions.indexOf(call);
    if (fn !== null) stack.push({ call, fn });
    depth++;
  }
  if (functions.isNameless(stack.at(-1)?.fn ?? null)) stack.pop();
  const node = stack.reduceRight((parent, { fn }) => tree.below(parent, fn), tree.base);
  return { node, call: stack[0]?.call ?? null };
}
