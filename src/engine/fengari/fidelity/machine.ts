import type { LuaFunction, LuaState } from "../fengari.js";
// Loads fengari: its modules require each other in circles and have to be entered through its own front door.
import "../fengari.js";
import type { TString } from "./leaves.js";
import { requireFengari } from "./modules.js";

/** The inside of fengari 0.1.5 as far as it is mended here, typed: lobject.js, ltable.js, lvm.js and others. */

/** `TValue` of lobject.js: a slot that holds a value. */
export interface TValue {
  type: number;
  value: unknown;
  setfrom(other: TValue): void;
  setivalue(n: number): void;
}

/** The type tags with their variants, `constant_types` of defs.js. */
export const tag = {
  nil: 0,
  boolean: 1,
  lightUserdata: 2,
  float: 3,
  integer: 19,
  shortString: 4,
  longString: 20,
} as const;

export interface ObjectModule {
  readonly TValue: new (type: number, value: unknown) => TValue;
  readonly luaO_nilobject: TValue;
  luaO_pushfstring(L: LuaState, format: Uint8Array, ...args: unknown[]): Uint8Array;
  luaO_str2num(text: Uint8Array, result: TValue): number;
  luaO_tostring(L: LuaState, value: TValue): void;
}

export interface StringModule {
  luaS_hashlongstr(string: TString): string;
}

type RunError = (L: LuaState, format: Uint8Array, ...args: unknown[]) => never;

export interface DebugModule {
  luaG_runerror: RunError;
}

export interface ApiModule {
  /** ldo.js alone calls it through the exports. */
  lua_pushcfunction(L: LuaState, f: LuaFunction): void;
}

export const objects: ObjectModule = requireFengari("lobject.js");
export const strings: StringModule = requireFengari("lstring.js");
export const errors: DebugModule = requireFengari("ldebug.js");
export const tableExports: Record<string, unknown> = requireFengari("ltable.js");
export const api: ApiModule = requireFengari("lapi.js");
