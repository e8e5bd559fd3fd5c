import { LUA_MULTRET } from "../machine/api.js";
import { indexOf, type LuaFunction, pushFunctionAt } from "../machine/functions.js";
import { topFunction } from "../machine/values.js";
import type { State } from "../state.js";
import type { Original } from "./replace.js";
import { noteReplaced } from "./replace.js";

interface StandIn {
  /** Where the registry has the Lua function that may act in place of C's. */
  readonly own: string;
  /** Calls C's own on the same stack. */
  readonly original: Original;
}

/** What asks the Lua function first, for each kind of stand-in. */
type Kind = "result" | "reader" | "chunk";

/**
 * For Lua, as `src/lua/native/main.lua` describes it: makes C functions that first ask one in Lua what they are to return, and call C's
 * own where it returns nothing. So they are what they stand for to whatever looks at them, and C raises all errors about arguments.
 */
export function standIns(state: State): LuaFunction {
  const { api, layout } = state;
  const kinds = { result: asked, reader, chunk: chunk(state) };
  let count = 0;
  const keep = (L: number, position: number): string => {
    const key = `luacov-ts stand-in ${count++}`;
    api.pushValue(L, position);
    api.setField(L, api.registry, key);
    return key;
  };
  return (L) => {
    const kind = Buffer.from(api.toBytes(L, 1) ?? []).toString() as Kind | "closure";
    const own = keep(L, 3);
    if (kind === "closure") {
      state.pushFunction(L, closure(state, { own, theirs: keep(L, 2) }));
      return 1;
    }
    api.pushValue(L, 2);
    const { index } = topFunction(api, L, layout);
    const original = api.machine.table.get(index) as Original;
    const ours = indexOf(api, kinds[kind](state, { own, original }), "function");
    noteReplaced(state, ours, index);
    pushFunctionAt(api, L, layout, ours);
    return 1;
  };
}

/** Leaves what the Lua function returns on the stack, and says how much that is. */
function ask(state: State, L: number, own: string): number {
  const { api } = state;
  const top = api.getTop(L);
  api.getField(L, api.registry, own);
  for (let index = 1; index <= top; index++) api.pushValue(L, index);
  state.unseen.during(L, () => api.call(L, top, LUA_MULTRET));
  return api.getTop(L) - top;
}

/** What the Lua function returns is the result, if it returns something. */
function asked(state: State, standIn: StandIn): LuaFunction {
  const { api } = state;
  return (L) => {
    const top = api.getTop(L);
    if (ask(state, L, standIn.own) > 0 && api.type(L, top + 1) !== "nil") return api.getTop(L) - top;
    api.setTop(L, top);
    return standIn.original(L);
  };
}

/**
 * The same for `load`, whose first argument may be a function: that is called here, as C calls it, until another function, the second
 * result, has enough of its texts. The third one then returns what the first may, or nil and a function that reads the texts again.
 */
function reader(state: State, standIn: StandIn): LuaFunction {
  const { api } = state;
  const plain = asked(state, standIn);
  return (L) => {
    if (api.type(L, 1) !== "function") return plain(L);
    const top = api.getTop(L);
    if (ask(state, L, standIn.own) < 3) {
      api.setTop(L, top);
      return standIn.original(L);
    }
    while (wantsMore(state, L, top + 2));
    api.pushValue(L, top + 3);
    state.unseen.during(L, () => api.call(L, 0, 2));
    if (api.type(L, -2) !== "nil") {
      api.pop(L);
      return 1;
    }
    state.moveTop(L, 1);
    api.setTop(L, top);
    return state.unseen.during(L, () => standIn.original(L));
  };
}

function wantsMore(state: State, L: number, take: number): boolean {
  const { api } = state;
  const top = api.getTop(L);
  api.pushValue(L, 1);
  const isRead = api.protectedCall(L, 0, 1);
  api.pushValue(L, take);
  state.pushSimple(L, isRead);
  api.pushValue(L, top + 1);
  state.unseen.during(L, () => api.call(L, 2, 1));
  const isWanted = state.toBoolean(L, -1);
  api.setTop(L, top);
  return isWanted;
}

/** The same for `dofile`: the Lua function returns a chunk, which is called as C calls it. From 5.2 on that may yield. */
function chunk({ api }: State): typeof asked {
  const results = (L: number) => api.getTop(L) - 1;
  const { version } = api.machine.compiled;
  const kind = version === "5.2" ? "function" : "continuation";
  const callChunk =
    version === "5.1"
      ? (L: number) => api.call(L, 0, LUA_MULTRET)
      : yielding(api.machine.function("lua_callk"), indexOf(api, results, kind));
  return (state, standIn) => (L) => {
    api.setTop(L, 1);
    if (ask(state, L, standIn.own) === 0) return standIn.original(L);
    callChunk(L);
    return results(L);
  };
}

function yielding(callk: (...args: number[]) => number, continuation: number): (L: number) => void {
  return (L) => {
    callk(L, 0, LUA_MULTRET, 0, continuation);
  };
}

/** The same for a C function that knows what it works on by its upvalues: C's own is called as the function that it is. */
function closure(
  state: State,
  { own, theirs }: { readonly own: string; readonly theirs: string },
): LuaFunction {
  const { api } = state;
  return (L) => {
    const top = api.getTop(L);
    const isCalled = state.unseen.during(L, () => {
      if (ask(state, L, own) > 0) return true;
      api.getField(L, api.registry, theirs);
      for (let index = 1; index <= top; index++) api.pushValue(L, index);
      return api.protectedCall(L, top, LUA_MULTRET);
    });
    return isCalled ? api.getTop(L) - top : state.raiseValue(L);
  };
}
