import { indexOf, pushFunctionAt } from "../machine/functions.js";
import type { State } from "../state.js";
import type { Trust } from "../system/trust.js";
import { indexIn, noteReplaced, originalOf } from "./replace.js";

/** Pushes a table of what the agent has in place of functions of `io` and `os` that a sandbox holds. */
export function pushTrusted(state: State, L: number, trust: Trust): void {
  const { api, layout } = state;
  api.load(
    L,
    `local open, rename, remove = ...
    if debug.setfenv then debug.setfenv(open, debug.getfenv(io.open)) end
    return { open = open, rename = rename, remove = remove }`,
  );
  for (const [library, name] of [
    ["io", "open"],
    ["os", "rename"],
    ["os", "remove"],
  ] as const) {
    const original = originalOf(state, library, name);
    const index = indexOf(api, (L1: number) => trust.during(() => original(L1)), "function");
    noteReplaced(state, index, indexIn(state, library, name));
    pushFunctionAt(api, L, layout, index);
  }
  api.call(L, 3, 1);
}
