import type { LuaApi } from "./machine/api.js";
import { luaApi } from "./machine/api.js";
import { type LuaFunction, pushFunction } from "./machine/functions.js";
import type { Machine } from "./machine/machine.js";
import { type Unseen, unseenBy } from "./machine/unseen.js";
import {
  hasNumber,
  isTopTrue,
  moveTop,
  pushSimple,
  topFunction,
  topInteger,
  topNumber,
  type ValueLayout,
  valueLayout,
} from "./machine/values.js";
import { createCompilingTurn, wellCompiled } from "./machine/wellCompiled.js";
import type { CompiledLua } from "./package/compiledLua.js";
import type { WasmVersion } from "./package/versions.js";

/** What the parts of a state are made with. */
export type Lua = Omit<State, "unseen">;

/** A Lua state with all libraries, and what the C API would have for it besides what the package has. */
export interface State {
  readonly api: LuaApi;
  readonly L: number;
  readonly layout: ValueLayout;
  /** C's own functions by those of ours that have taken their places, as indexes of the table. */
  readonly replaced: Map<number, number>;
  readonly unseen: Unseen;
  /** Pushes any bytes. */
  pushBytes(L: number, bytes: Uint8Array): void;
  pushSimple(L: number, value: number | bigint | boolean | null): void;
  /** Pushes a number that is a float where Lua tells these from integers. */
  pushFloat(L: number, value: number): void;
  pushFunction(L: number, f: LuaFunction): void;
  /** Whether an argument is true. */
  toBoolean(L: number, index: number): boolean;
  /** An argument that is a number; null for any other one. */
  toNumber(L: number, index: number): number | null;
  /** An argument that is an integer, with all its bits; null for any other one. */
  toInteger(L: number, index: number): bigint | null;
  /** Whether one of the values at the top is a float of a kind. */
  hasNumber(L: number, count: number, isWanted: (value: number) => boolean): boolean;
  /** Puts the value at the top in the place of one below. */
  moveTop(L: number, index: number): void;
  /** Raises an error at the caller of the C function that runs, as luaL_error. */
  raise(L: number, message: Uint8Array): never;
  /** Raises the value at the top, as lua_error. */
  raiseValue(L: number): never;
}

/** Those of which this thread has called the interpreter. */
const called = new WeakSet<CompiledLua>();

/** A version lays out its values in one way. */
const layouts = new Map<WasmVersion, ValueLayout>();

export function openState(machine: Machine, turn = createCompilingTurn()): State {
  const api = luaApi(machine);
  const L = api.newState();
  if (L === 0) throw new Error("no memory left for a Lua state");
  api.openLibraries(L);
  // The first call of a function in Lua is the first of the interpreter.
  api.load(L, "return");
  const first = () => api.call(L, 0, 0);
  if (called.has(machine.compiled)) first();
  else wellCompiled(turn, first);
  called.add(machine.compiled);
  const { version } = machine.compiled;
  const layout = layouts.get(version) ?? valueLayout(api, L);
  layouts.set(version, layout);
  api.load(L, decoder);
  api.setField(L, api.registry, names.decode);
  api.getGlobal(L, "error");
  const { index } = topFunction(api, L, layout);
  api.pop(L);
  const lua = luaOf(api, L, layout, machine.table.get(index));
  const unseen = unseenBy(lua);
  api.getField(L, api.registry, names.decode);
  unseen.hide(L);
  return { ...lua, unseen };
}

function luaOf(api: LuaApi, L: number, layout: ValueLayout, error: (L: number) => unknown): Lua {
  /** Lua's own `error` on the stack of the function that runs, so that no traceback has it. */
  const raiseTop = (L1: number, level: number): never => {
    pushSimple(api, L1, layout, level);
    error(L1);
    throw new Error("Lua's error has returned");
  };
  const pushBytes = (L1: number, bytes: Uint8Array) => {
    if (!bytes.includes(0)) return api.pushText(L1, bytes);
    api.getField(L1, api.registry, names.decode);
    api.pushText(L1, withoutZeros(bytes));
    api.call(L1, 1, 1);
  };
  const valueAt = <Value>(
    L1: number,
    index: number,
    read: (api: LuaApi, L: number, layout: ValueLayout) => Value,
  ): Value => {
    api.pushValue(L1, index);
    const value = read(api, L1, layout);
    api.pop(L1);
    return value;
  };
  return {
    api,
    L,
    layout,
    replaced: new Map(),
    pushBytes,
    pushSimple: (L1, value) => {
      if (value === null) api.setTop(L1, api.getTop(L1) + 1);
      else pushSimple(api, L1, layout, value);
    },
    pushFloat: (L1, value) => pushSimple(api, L1, layout, value, true),
    toNumber: (L1, index) => (api.type(L1, index) === "number" ? valueAt(L1, index, topNumber) : null),
    toInteger: (L1, index) => (api.type(L1, index) === "number" ? valueAt(L1, index, topInteger) : null),
    pushFunction: (L1, f) => pushFunction(api, L1, layout, f),
    toBoolean: (L1, index) => valueAt(L1, index, isTopTrue),
    hasNumber: (L1, count, isWanted) => hasNumber(api, L1, layout, count, isWanted),
    moveTop: (L1, index) => moveTop(api, L1, layout, index),
    raise: (L1, message) => {
      api.setTop(L1, 0);
      pushBytes(L1, message);
      return raiseTop(L1, 1);
    },
    raiseValue: (L1) => {
      api.pushValue(L1, -1);
      moveTop(api, L1, layout, 1);
      api.setTop(L1, 1);
      return raiseTop(L1, 0);
    },
  };
}

const names = { decode: "luacov-ts decode" } as const;

/** The package pushes no text with a zero in it. */
const decoder = 'return (string.gsub(..., "\\1(.)", { ["1"] = "\\1", ["0"] = "\\0" }))';

function withoutZeros(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(Array.from(bytes).flatMap((each) => (each > 1 ? each : [1, 0x30 + each])));
}
