import { Instance, Module } from "../webAssembly.js";
import type { LuaApi } from "./api.js";
import { topFunction, type ValueLayout } from "./values.js";

/** A function in JavaScript for Lua to call: its arguments are on the stack, and it returns how many results are. */
export type LuaFunction = (L: number) => number;

/**
 * Pushes a function of ours as a C function: the C API has a function for that which the package leaves out. A C function of
 * Lua's own is made one of ours: of 5.2 on, that is a value with an index of the table; in 5.1 it is an object, and each
 * call of `gmatch` makes a new one.
 */
export function pushFunction(api: LuaApi, L: number, layout: ValueLayout, f: LuaFunction): void {
  pushFunctionAt(api, L, layout, indexOf(api, f, "function"));
}

/** Pushes the function with an index of the table as a C function. */
export function pushFunctionAt(api: LuaApi, L: number, layout: ValueLayout, index: number): void {
  if (layout.functionOffset === null) api.getGlobal(L, "print");
  else {
    api.getGlobal(L, "string");
    api.getField(L, -1, "gmatch");
    api.pushText(L, "");
    api.pushText(L, "");
    api.call(L, 2, 1);
    removeBelow(api, L);
  }
  topFunction(api, L, layout).set(index);
}

/** Gives the table of functions one of ours, and says where. */
export function indexOf({ machine: { table } }: LuaApi, f: LuaFunction | LuaHook, kind: Kind): number {
  const index = table.grow(1);
  table.set(index, asWebAssembly(f, kind));
  return index;
}

/** A debug hook, by the lua_State and the lua_Debug. */
export type LuaHook = (L: number, event: number) => void;

type Kind = "function" | "hook" | "continuation";

/** A module that offers the function that it gets, with the type of lua_CFunction, lua_Hook or lua_KFunction. */
const modules: Readonly<Record<Kind, Module>> = {
  function: passingOn([0x01, 0x7f, 0x01, 0x7f]),
  hook: passingOn([0x02, 0x7f, 0x7f, 0x00]),
  continuation: passingOn([0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f]),
};

function passingOn(signature: readonly number[]): Module {
  const type = [0x01, signature.length + 2, 0x01, 0x60, ...signature];
  const rest = [
    0x02, 0x07, 0x01, 0x01, 0x61, 0x01, 0x61, 0x00, 0x00, 0x07, 0x05, 0x01, 0x01, 0x61, 0x00, 0x00,
  ];
  return new Module(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...type, ...rest]));
}

/** A table of functions takes none of JavaScript's but in WebAssembly's clothes. */
function asWebAssembly(f: LuaFunction | LuaHook, kind: Kind): unknown {
  const { exports } = new Instance(modules[kind], { a: { a: f } });
  return exports.a;
}

/** Takes away what is just below the top. */
function removeBelow(api: LuaApi, L: number): void {
  api.pushValue(L, -1);
  api.setField(L, api.registry, scratch);
  api.pop(L, 2);
  api.getField(L, api.registry, scratch);
}

const scratch = "luacov-ts scratch";
