import type { CallInfo, LuaState } from "../fengari.js";
import { type CallListener, hookEvents } from "../trace.js";
import type { CalledFunctions } from "./calledFunctions.js";
import { type CallTree, top } from "./callTree.js";

/** From here on, a function that is called again and again below itself is one node. */
const deepest = 200;

/**
 * The nodes of a thread's calls, by how deep they are; the top for what has nothing of the program's below it, whose calls are those
 * of the test that runs. What an error has left is taken by the next call there.
 */
type Stack = number[];

export interface ExactCalls {
  readonly onCall: CallListener;
  /** A test begins or has ended: what our runner of tests calls from here on is below that. */
  rebase(): void;
  /** While the program stands still for its debugger, nothing is noted. */
  stand(isStanding: boolean): void;
}

/**
 * Every call and return, with the time between. What runs pays for the time since the last event; so nobody pays for the time of
 * a coroutine that is suspended.
 */
export function exactCalls(functions: CalledFunctions, tree: CallTree): ExactCalls {
  const stacks = new WeakMap<LuaState, Stack>();
  const depths = new WeakMap<CallInfo, number>();
  let last = performance.now();
  let current = top;

  /** A record of a call is used again for others at the same depth. */
  function depthOf(call: CallInfo): number {
    const known = depths.get(call);
    if (known !== undefined) return known;
    const depth = call.previous === null ? 0 : depthOf(call.previous) + 1;
    depths.set(call, depth);
    return depth;
  }

  function enter(stack: Stack, depth: number, call: CallInfo): void {
    stack.length = Math.min(stack.length, depth);
    while (stack.length < depth) stack.push(stack.at(-1) ?? top);
    const above = stack.at(-1) ?? top;
    const called = functions.indexOf(call);
    const fn = above === top && functions.isNameless(called) ? null : called;
    // What is of ours has the node of its caller.
    stack.push(fn === null ? above : nodeBelow(stack, above, fn));
    if (fn !== null) tree.addCall(stack.at(-1) ?? top);
  }

  function nodeBelow(stack: Stack, above: number, fn: number): number {
    const same = stack.length < deepest ? -1 : stack.findLastIndex((node) => tree.is(node, fn));
    return stack[same] ?? tree.below(shown(above), fn);
  }

  function shown(node: number): number {
    return node === top ? tree.base : node;
  }

  function stackOf(L: LuaState): Stack {
    const stack = stacks.get(L) ?? [];
    stacks.set(L, stack);
    return stack;
  }

  let standsSince: number | null = null;

  const onCall: CallListener = (L, event) => {
    if (standsSince !== null) return;
    const now = performance.now();
    tree.spend(current, now - last);
    const stack = stackOf(L);
    const depth = depthOf(L.ci);
    if (event === hookEvents.call) enter(stack, depth, L.ci);
    // It takes the place of its caller.
    else if (event === hookEvents.tailCall) enter(stack, depth - 1, L.ci);
    else stack.length = Math.min(stack.length, depth);
    current = shown(stack.at(-1) ?? top);
    last = performance.now();
    tree.overhead += last - now;
  };

  const rebase = () => {
    current = tree.base;
  };

  const stand = (isStanding: boolean) => {
    const now = performance.now();
    if (standsSince !== null) last += now - standsSince;
    standsSince = isStanding ? now : null;
  };

  return { onCall, rebase, stand };
}
