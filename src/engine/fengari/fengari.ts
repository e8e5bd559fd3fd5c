// Mends a few functions before fengari is loaded.
import "./fidelity/leaves.js";
import { decodeName, encodeName } from "../../files/names.js";
import { requireFengari } from "./fidelity/modules.js";

/**
 * The typed façade of fengari. What is declared here was read in fengari 0.1.5;
 * besides the C API it names the few internal fields that a hook needs (lstate.js, lfunc.js, lobject.js).
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

interface LuaApi {
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
  lua_toproxy(L: LuaState, index: number): (L: LuaState) => void;
  lua_tothread(L: LuaState, index: number): LuaState;
  lua_touserdata(L: LuaState, index: number): unknown;
  lua_type(L: LuaState, index: number): number;
  lua_typename(L: LuaState, type: number): LuaString;
}

interface LuaAuxiliary {
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

const definitions: { to_luastring: (text: string, cache?: boolean) => LuaString } = requireFengari("defs.js");

/**
 * Functions of the host are written in JavaScript here and in C elsewhere. Programs look for "C": in
 * tracebacks, in `debug.getinfo(print).what`. All modules of fengari take this function when they are loaded.
 */
const wordsOfC = new Map([
  ["=[JS]", "=[C]"],
  ["J", "C"],
  ["attempt to yield across a JS-call boundary", "attempt to yield across a C-call boundary"],
]);
const encode = definitions.to_luastring;
definitions.to_luastring = (text, cache) =>
  encode(cache === true ? (wordsOfC.get(text) ?? text) : text, cache);

/** ldebug.js, through whose exports lvm.js calls this function before each instruction of a hooked thread. */
export const traceModule: { luaG_traceexec: (L: LuaState) => void } = requireFengari("ldebug.js");

/** `luaD_hook` of ldo.js: calls the hook of a thread, which then may use its stack. */
export const callHook: (L: LuaState, event: number, line: number) => void =
  requireFengari("ldo.js").luaD_hook;

export const lua: LuaApi = requireFengari("lua.js");
export const lauxlib: LuaAuxiliary = requireFengari("lauxlib.js");

/** Who only compiles does without the libraries, which take a third of the time that fengari does. */
export function openLibraries(L: LuaState): void {
  const { luaL_openlibs }: { luaL_openlibs(L: LuaState): void } = requireFengari("lualib.js");
  luaL_openlibs(L);
}

/** Encodes JavaScript text as the bytes of a Lua string. */
export const toLuaString: (text: string) => LuaString = encodeName;

/** Decodes the bytes of a Lua string, so that `toLuaString` has them back. */
export const toText: (bytes: LuaString) => string = decodeName;

/** The proto of the Lua function at the top of the stack. */
export function topProto(L: LuaState): FengariProto {
  const slot = L.stack[L.top - 1];
  if (slot === undefined) throw new Error("no function at the top of the stack");
  return slot.value.p;
}

/** The bytecode of the Lua function at the top of the stack, with all that tells of its text. */
export function dumpTop(L: LuaState): Buffer {
  const parts: Uint8Array[] = [];
  const write = (_: LuaState, part: Uint8Array, size: number) => {
    // The machine fills the same memory again.
    parts.push(part.slice(0, size));
    return 0;
  };
  lua.lua_dump(L, write, null, false);
  return Buffer.concat(parts);
}

/** What a call is of. */
export type Called =
  | { readonly kind: "Lua"; readonly proto: FengariProto }
  | { readonly kind: "C"; readonly fn: LuaFunction };

/** The function of a call; null below the first one of a thread, where there is none. */
export function calledBy(call: CallInfo): Called | null {
  const { func }: { readonly func?: { readonly value: unknown } } = call;
  return functionOf(func?.value);
}

/** A function by what the machine has for it; null for what is none. */
function functionOf(value: unknown): Called | null {
  if (typeof value === "function") return { kind: "C", fn: value as LuaFunction };
  if (typeof value !== "object" || value === null) return null;
  const { p, f } = value as { readonly p?: FengariProto; readonly f?: LuaFunction };
  if (p !== undefined) return { kind: "Lua", proto: p };
  return f === undefined ? null : { kind: "C", fn: f };
}

/** The functions of C that a call of one of C holds on the stack, below the one that runs. */
export function cFunctionsOf(L: LuaState, { funcOff }: CallInfo): LuaFunction[] {
  const slots: readonly { readonly value: unknown }[] = L.stack.slice(funcOff + 1, L.ci.funcOff);
  return slots.flatMap(({ value }) => (typeof value === "function" ? [value as LuaFunction] : []));
}

/** The line that a call of a Lua function executes; 0 for others. */
export function lineOf(call: CallInfo): number {
  const called = calledBy(call);
  return called?.kind === "Lua" ? (called.proto.lineinfo[call.l_savedpc - 1] ?? 0) : 0;
}

/** The function at the top of the stack; null for another value. */
export function topFunction(L: LuaState): Called | null {
  const slot: { readonly value: unknown } | undefined = L.stack[L.top - 1];
  return lua.lua_type(L, -1) === lua.LUA_TFUNCTION ? functionOf(slot?.value) : null;
}

/** Puts a copy of what is at a place of one stack on top of another one, which has room for it. */
export function copySlot(from: LuaState, place: number, to: LuaState): void {
  const slot = from.stack[place];
  lua.lua_pushnil(to);
  if (slot !== undefined) to.stack[to.top - 1]?.setfrom(slot);
}

/** Whether a register of the Lua function that runs holds neither nil nor false. */
export function isTrue(L: LuaState, register: number): boolean {
  const slot: { readonly type?: number; readonly value: unknown } | undefined =
    L.stack[L.ci.l_base + register];
  return slot?.type !== lua.LUA_TNIL && !(slot?.type === lua.LUA_TBOOLEAN && slot.value === false);
}

/** The JavaScript function on the stack; fengari's lua_tocfunction gives the closure around one with upvalues. */
export function toFunction(L: LuaState, index: number): LuaFunction {
  const found = lua.lua_tocfunction(L, index);
  if (found === null) throw new Error("no JavaScript function on the stack");
  return typeof found === "function" ? found : found.f;
}

/** Pushes bytes that nobody will change: lua_pushstring copies them one by one. */
export function pushBytes(L: LuaState, bytes: LuaString): void {
  lua.lua_pushstring(L, emptyString);
  const slot: { readonly value: unknown } | undefined = L.stack[L.top - 1];
  (slot?.value as { realstring: LuaString }).realstring = bytes;
}

const emptyString: LuaString = new Uint8Array(0);

/** Lets no closure of these functions be taken again. */
export function forgetClosures(protos: readonly FengariProto[]): void {
  for (const proto of protos) proto.cache = null;
}

/** `LClosure` of lobject.js; no value of any state leads to it before it is pushed. */
interface Closure {
  p: FengariProto;
  readonly upvals: StackSlot[];
}

const {
  LClosure,
  TValue,
}: {
  readonly LClosure: new (L: LuaState, upvalues: number) => Closure;
  readonly TValue: new (type: number, value: unknown) => StackSlot;
} = requireFengari("lobject.js");

/**
 * Pushes the main function of a chunk that was compiled, maybe in another state: nothing in a proto belongs to one, and making it
 * again costs more than a state.
 */
export function pushMain(L: LuaState, proto: FengariProto): void {
  const closure = new LClosure(L, 1);
  closure.p = proto;
  lua.lua_pushglobaltable(L);
  const slot = L.stack[L.top - 1];
  if (slot === undefined) throw new Error("the stack is full");
  const environment = new TValue(lua.LUA_TNIL, null);
  environment.setfrom(slot);
  closure.upvals[0] = environment;
  slot.setclLvalue(closure);
}
