import type { LuaFunction } from "../machine/functions.js";
import { indexOf, pushFunctionAt } from "../machine/functions.js";
import { topFunction } from "../machine/values.js";
import type { State } from "../state.js";

/** A C function of Lua's own, to be called in place of the one of ours that Lua has called: on the same stack. */
export type Original = (L: number) => number;

/** The name of a library's table, or the one of the methods of files. */
export type Library = "io" | "math" | "os" | "package" | "string" | "table" | "FILE*";

/**
 * Puts a function of ours in the place of one of C's. What it makes of the old one may call that on the arguments that it has
 * itself: then it is what raises the errors about them, in the name of ours.
 */
export function replace(
  state: State,
  library: Library,
  name: string,
  make: (original: Original) => LuaFunction,
): void {
  const index = indexOf(state.api, make(originalOf(state, library, name)), "function");
  replaceBy(state, library, name, index);
}

/** Puts the function with an index of the table in the place of one of C's. In 5.1 that also has an environment. */
export function replaceBy(state: State, library: Library, name: string, index: number): void {
  const { api, L, layout } = state;
  noteReplaced(state, index, indexIn(state, library, name));
  api.load(
    L,
    `local library, name, new = ...
    if debug.setfenv then debug.setfenv(new, debug.getfenv(library[name])) end
    library[name] = new`,
  );
  pushLibrary(state, library);
  api.pushText(L, name);
  pushFunctionAt(api, L, layout, index);
  api.call(L, 3, 0);
}

/** Keeps which function of C's another one stands for. */
export function noteReplaced({ replaced }: State, index: number, original: number): void {
  replaced.set(index, replaced.get(original) ?? original);
}

/** A C function without upvalues, in a library. */
export function originalOf(state: State, library: Library, name: string): Original {
  return state.api.machine.table.get(indexIn(state, library, name)) as Original;
}

/** The index of a C function in the table. */
export function indexIn(state: State, library: Library, name: string): number {
  const { api, L, layout } = state;
  pushLibrary(state, library);
  api.getField(L, -1, name);
  const { index } = topFunction(api, L, layout);
  api.pop(L, 2);
  return index;
}

function pushLibrary({ api, L }: State, library: Library): void {
  api.load(L, library === "FILE*" ? "return getmetatable(io.stdout).__index" : `return ${library}`);
  api.call(L, 0, 1);
}
