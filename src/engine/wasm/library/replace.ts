import type { LuaFunction } from "../machine/functions.js";
import { topFunction } from "../machine/values.js";
import type { State } from "../state.js";

/** A C function of Lua's own, to be called in place of the one of ours that Lua has called: on the same stack. */
export type Original = (L: number) => number;

/**
 * Puts a function of ours in the place of one of C's. What it makes of the old one may call that on the arguments that it has itself: then
 * it is what raises the errors about them, in the name of ours.
 */
export function replace(
  state: State,
  library: string,
  name: string,
  make: (original: Original) => LuaFunction,
): void {
  const { api, L } = state;
  api.getGlobal(L, library);
  const original = originalOf(state, library, name);
  state.pushFunction(L, make(original));
  api.setField(L, -2, name);
  api.pop(L);
}

/** A C function without upvalues, in a library. */
export function originalOf(state: State, library: string, name: string): Original {
  const { api, L, layout } = state;
  const { table } = api.machine;
  api.getGlobal(L, library);
  api.getField(L, -1, name);
  const { index } = topFunction(api, L, layout);
  api.pop(L, 2);
  return table.get(index) as Original;
}
