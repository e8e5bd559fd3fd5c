import { createRequire } from "node:module";

/**
 * The typed façade of fengari, and its only import. What is declared here was read in fengari 0.1.5;
 * besides the C API it names the few internal fields that a hook needs (lstate.js, lfunc.js, lobject.js).
 */

/** A Lua string: bytes. */
export type LuaString = Uint8Array;

/** `Proto` of lfunc.js. */
export interface FengariProto {
  readonly code: readonly { readonly code: number }[];
  readonly lineinfo: readonly number[];
  readonly p: readonly FengariProto[];
  readonly linedefined: number;
  readonly lastlinedefined: number;
  readonly source: { getstr(): LuaString };
}

/** `CallInfo` of lstate.js. For a running Lua function `func.value` is its closure. */
export interface CallInfo {
  readonly func: { readonly value: { readonly p: FengariProto } };
  /** The instruction that runs next; a tracer sees it already incremented. */
  readonly l_savedpc: number;
}

/** `lua_State` of lstate.js. */
export interface LuaState {
  readonly stack: readonly { readonly value: { readonly p: FengariProto } }[];
  readonly top: number;
  readonly ci: CallInfo;
  /** The debug hook and its mask, as lua_sethook sets them; null for none. */
  hook: unknown;
  hookmask: number;
  /** The pc after the last one traced in this thread. */
  oldpc: number;
}

export type LuaFunction = (L: LuaState) => number;

/** The stream userdata of liolib.js; a closed file has no `closef`. */
export interface LuaStream {
  f: { readonly fd: number; readonly toString: () => string };
  readonly closef: LuaFunction | null;
}

interface LuaApi {
  readonly LUA_OK: number;
  readonly LUA_MULTRET: number;
  readonly LUA_REGISTRYINDEX: number;
  readonly LUA_MASKCOUNT: number;
  readonly LUA_MASKLINE: number;
  lua_atnativeerror(L: LuaState, handler: LuaFunction): LuaFunction | null;
  lua_call(L: LuaState, nargs: number, nresults: number): void;
  lua_createtable(L: LuaState, array: number, hash: number): void;
  lua_getfield(L: LuaState, index: number, key: LuaString): number;
  lua_getglobal(L: LuaState, name: LuaString): number;
  lua_gettop(L: LuaState): number;
  lua_getupvalue(L: LuaState, index: number, n: number): LuaString | null;
  lua_insert(L: LuaState, index: number): void;
  lua_isboolean(L: LuaState, index: number): boolean;
  lua_isnil(L: LuaState, index: number): boolean;
  lua_isthread(L: LuaState, index: number): boolean;
  lua_isstring(L: LuaState, index: number): boolean;
  lua_pcall(L: LuaState, nargs: number, nresults: number, handler: number): number;
  lua_pop(L: LuaState, n: number): void;
  lua_pushcclosure(L: LuaState, f: LuaFunction, upvalues: number): void;
  lua_pushcfunction(L: LuaState, f: LuaFunction): void;
  lua_pushfstring(L: LuaState, format: LuaString, ...args: unknown[]): LuaString;
  lua_pushnil(L: LuaState): void;
  lua_pushstring(L: LuaState, s: LuaString): LuaString;
  lua_pushvalue(L: LuaState, index: number): void;
  lua_rawseti(L: LuaState, index: number, key: number): void;
  lua_remove(L: LuaState, index: number): void;
  lua_setfield(L: LuaState, index: number, key: LuaString): void;
  lua_setglobal(L: LuaState, name: LuaString): void;
  lua_sethook(L: LuaState, hook: (() => void) | null, mask: number, count: number): void;
  lua_settop(L: LuaState, index: number): void;
  lua_toboolean(L: LuaState, index: number): boolean;
  lua_tocfunction(L: LuaState, index: number): LuaFunction | { readonly f: LuaFunction } | null;
  lua_tolstring(L: LuaState, index: number): LuaString | null;
  lua_topointer(L: LuaState, index: number): unknown;
  lua_tothread(L: LuaState, index: number): LuaState;
  lua_touserdata(L: LuaState, index: number): unknown;
  lua_type(L: LuaState, index: number): number;
  lua_typename(L: LuaState, type: number): LuaString;
}

interface LuaAuxiliary {
  luaL_callmeta(L: LuaState, index: number, event: LuaString): boolean;
  luaL_checklstring(L: LuaState, index: number): LuaString;
  luaL_checkudata(L: LuaState, index: number, type: LuaString): unknown;
  luaL_error(L: LuaState, format: LuaString, ...args: unknown[]): number;
  luaL_fileresult(L: LuaState, ok: boolean, name: LuaString | null, error: unknown): number;
  luaL_getmetatable(L: LuaState, name: LuaString): number;
  luaL_loadbufferx(L: LuaState, text: LuaString, size: number, name: LuaString, mode: LuaString): number;
  luaL_loadfile(L: LuaState, file: LuaString): number;
  luaL_newstate(): LuaState;
  luaL_optinteger(L: LuaState, index: number, fallback: number): number;
  luaL_tolstring(L: LuaState, index: number): LuaString;
  luaL_traceback(L: LuaState, L1: LuaState, message: LuaString | null, level: number): void;
}

interface Fengari {
  readonly lua: LuaApi;
  readonly lauxlib: LuaAuxiliary;
  readonly lualib: { luaL_openlibs(L: LuaState): void };
  to_luastring(s: string): LuaString;
}

const require = createRequire(import.meta.url);
const fengari: Fengari = require("fengari");

/** ldebug.js, through whose exports lvm.js calls this function before each instruction of a hooked thread. */
export const traceModule: { luaG_traceexec: (L: LuaState) => void } = require("fengari/src/ldebug.js");

export const lua: LuaApi = fengari.lua;
export const lauxlib: LuaAuxiliary = fengari.lauxlib;
export const openLibraries: (L: LuaState) => void = fengari.lualib.luaL_openlibs;

/** Encodes JavaScript text as the bytes of a Lua string. */
export function toLuaString(text: string): LuaString {
  return Buffer.from(text, "utf8");
}

/** Decodes the bytes of a Lua string for people to read: what is not UTF-8 becomes U+FFFD. */
export function toText(bytes: LuaString): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

/** The proto of the Lua function at the top of the stack. */
export function topProto(L: LuaState): FengariProto {
  const slot = L.stack[L.top - 1];
  if (slot === undefined) throw new Error("no function at the top of the stack");
  return slot.value.p;
}

/** The JavaScript function on the stack; fengari's lua_tocfunction gives the closure around one with upvalues. */
export function toFunction(L: LuaState, index: number): LuaFunction {
  const found = lua.lua_tocfunction(L, index);
  if (found === null) throw new Error("no JavaScript function on the stack");
  return typeof found === "function" ? found : found.f;
}

/** The stream behind a file handle's userdata, which only liolib.js makes. */
export function toStream(userdata: unknown): LuaStream {
  return userdata as LuaStream;
}
