/**
 * What we use of fengari, as its types would be: read in fengari 0.1.5. Besides the C API these are the few internal fields
 * that a hook needs (lstate.js, lfunc.js, lobject.js).
 */

/** A Lua string: bytes. */
export type LuaString = Uint8Array;

/** `Proto` of lfunc.js. */
export interface FengariProto {
  readonly code: readonly { readonly code: number }[];
  readonly lineinfo: number[];
  readonly p: readonly FengariProto[];
  readonly linedefined: number;
  readonly numparams: number;
  readonly is_vararg: boolean;
  readonly lastlinedefined: number;
  readonly source: { getstr(): LuaString };
  /** The closure that was made last, which is taken again where it has the same upvalues. */
  cache: unknown;
}

/** `CallInfo` of lstate.js. For a running Lua function `func.value` is its closure. */
export interface CallInfo {
  readonly func: { readonly value: { readonly p: FengariProto } };
  /** Where that is on the stack. */
  readonly funcOff: number;
  /** The instruction that runs next; a tracer sees it already incremented. */
  readonly l_savedpc: number;
  /** Where the registers of its Lua function begin on the stack. */
  readonly l_base: number;
  readonly previous: CallInfo | null;
}

/** `TValue` of lobject.js. */
export interface StackSlot {
  /** Of a Lua function, its closure. */
  readonly value: { readonly p: FengariProto };
  setfrom(other: StackSlot): void;
  setclLvalue(closure: object): void;
}

/** `lua_State` of lstate.js. */
export interface LuaState {
  readonly stack: readonly StackSlot[];
  readonly top: number;
  readonly ci: CallInfo;
  /** The global state, of which `id_counter` numbers objects. */
  readonly l_G: { id_counter: number };
  /** The debug hook and its mask, as lua_sethook sets them; null for none. */
  hook: LuaHook | null;
  hookmask: number;
  /** 0 while a hook runs, which none is called for. */
  readonly allowhook: number;
  /** The pc after the last one traced in this thread. */
  oldpc: number;
}

export type LuaFunction = (L: LuaState) => number;
/** The record of what a hook is called for: `lua_Debug`. */
export interface HookRecord {
  readonly event: number;
}

export type LuaHook = (L: LuaState, record: HookRecord) => void;
export type LuaContinuation = (L: LuaState, status: number, context: unknown) => number;

export interface LuaApi {
  readonly LUA_OK: number;
  readonly LUA_MULTRET: number;
  readonly LUA_REGISTRYINDEX: number;
  readonly LUA_MASKCALL: number;
  readonly LUA_MASKCOUNT: number;
  readonly LUA_MASKLINE: number;
  readonly LUA_MASKRET: number;
  readonly LUA_TLIGHTUSERDATA: number;
  readonly LUA_TNIL: number;
  readonly LUA_TBOOLEAN: number;
  readonly LUA_TNUMBER: number;
  readonly LUA_TTABLE: number;
  readonly LUA_TSTRING: number;
  readonly LUA_TFUNCTION: number;
  lua_atnativeerror(L: LuaState, handler: LuaFunction): LuaFunction | null;
  lua_call(L: LuaState, nargs: number, nresults: number): void;
  lua_callk(L: LuaState, nargs: number, nresults: number, context: unknown, k: LuaContinuation): void;
  lua_checkstack(L: LuaState, n: number): boolean;
  lua_createtable(L: LuaState, array: number, hash: number): void;
  lua_dump(
    L: LuaState,
    writer: (L: LuaState, part: Uint8Array, size: number) => number,
    data: null,
    strip: boolean,
  ): number;
  lua_error(L: LuaState): never;
  lua_getfield(L: LuaState, index: number, key: LuaString): number;
  lua_getglobal(L: LuaState, name: LuaString): number;
  lua_gettop(L: LuaState): number;
  lua_getupvalue(L: LuaState, index: number, n: number): LuaString | null;
  lua_insert(L: LuaState, index: number): void;
  lua_isboolean(L: LuaState, index: number): boolean;
  lua_isinteger(L: LuaState, index: number): boolean;
  lua_isnil(L: LuaState, index: number): boolean;
  lua_isnone(L: LuaState, index: number): boolean;
  lua_isthread(L: LuaState, index: number): boolean;
  lua_isstring(L: LuaState, index: number): boolean;
  lua_newthread(L: LuaState): LuaState;
  lua_next(L: LuaState, index: number): number;
  lua_newuserdata(L: LuaState, size: number): unknown;
  lua_pcall(L: LuaState, nargs: number, nresults: number, handler: number): number;
  lua_pop(L: LuaState, n: number): void;
  lua_pushboolean(L: LuaState, value: boolean): void;
  lua_pushcclosure(L: LuaState, f: LuaFunction, upvalues: number): void;
  lua_pushcfunction(L: LuaState, f: LuaFunction): void;
  lua_pushfstring(L: LuaState, format: LuaString, ...args: unknown[]): LuaString;
  lua_pushinteger(L: LuaState, value: number): void;
  lua_pushglobaltable(L: LuaState): void;
  lua_pushnil(L: LuaState): void;
  lua_pushnumber(L: LuaState, value: number): void;
  lua_pushstring(L: LuaState, s: LuaString): LuaString;
  lua_pushvalue(L: LuaState, index: number): void;
  lua_rawget(L: LuaState, index: number): number;
  lua_rawgeti(L: LuaState, index: number, key: number): number;
  lua_rawlen(L: LuaState, index: number): number;
  lua_rawseti(L: LuaState, index: number, key: number): void;
  lua_remove(L: LuaState, index: number): void;
  lua_setfield(L: LuaState, index: number, key: LuaString): void;
  lua_setglobal(L: LuaState, name: LuaString): void;
  lua_sethook(L: LuaState, hook: LuaHook | null, mask: number, count: number): void;
  lua_setmetatable(L: LuaState, index: number): void;
  lua_settop(L: LuaState, index: number): void;
  lua_setupvalue(L: LuaState, index: number, n: number): LuaString | null;
  lua_toboolean(L: LuaState, index: number): boolean;
  lua_tocfunction(L: LuaState, index: number): LuaFunction | { readonly f: LuaFunction } | null;
  lua_tolstring(L: LuaState, index: number): LuaString | null;
  lua_tonumber(L: LuaState, index: number): number;
  lua_topointer(L: LuaState, index: number): unknown;
  lua_tothread(L: LuaState, index: number): LuaState;
  lua_touserdata(L: LuaState, index: number): unknown;
  lua_type(L: LuaState, index: number): number;
  lua_typename(L: LuaState, type: number): LuaString;
}

export interface LuaAuxiliary {
  luaL_argerror(L: LuaState, argument: number, message: LuaString): never;
  luaL_callmeta(L: LuaState, index: number, event: LuaString): boolean;
  luaL_checklstring(L: LuaState, index: number): LuaString;
  luaL_checkoption(L: LuaState, index: number, fallback: LuaString, names: readonly LuaString[]): number;
  luaL_error(L: LuaState, format: LuaString, ...args: unknown[]): number;
  luaL_getmetafield(L: LuaState, index: number, event: LuaString): number;
  luaL_loadbufferx(
    L: LuaState,
    text: LuaString,
    size: number,
    name: LuaString,
    mode: LuaString | null,
  ): number;
  luaL_newmetatable(L: LuaState, name: LuaString): boolean;
  luaL_newstate(): LuaState;
  luaL_optlstring(L: LuaState, index: number, fallback: LuaString | null): LuaString | null;
  luaL_optinteger(L: LuaState, index: number, fallback: number): number;
  luaL_tolstring(L: LuaState, index: number): LuaString;
  luaL_traceback(L: LuaState, L1: LuaState, message: LuaString | null, level: number): void;
}
