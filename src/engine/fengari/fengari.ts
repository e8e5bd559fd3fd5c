/** The typed façade of fengari. */

// Mends a few functions before fengari is loaded.
import "./fidelity/leaves.js";
import { decodeName, encodeName } from "../../files/names.js";
import type {
  CallInfo,
  FengariProto,
  LuaApi,
  LuaAuxiliary,
  LuaFunction,
  LuaState,
  LuaString,
  StackSlot,
} from "./declarations.js";
import { requireFengari } from "./fidelity/modules.js";

export type * from "./declarations.js";
export { keepModuleCode } from "./fidelity/modules.js";

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

/**
 * What pushes the value at an index, in any thread of its state. fengari's lua_toproxy keeps the state of each in a WeakMap, and what is
 * the value of one is alive for V8's collector of young objects: no state was gone before the whole heap was looked through.
 */
export function pushOf(L: LuaState, index: number): (L: LuaState) => void {
  lua.lua_pushvalue(L, index);
  const slot = L.stack[L.top - 1];
  lua.lua_pop(L, 1);
  return (L1) => {
    lua.lua_pushnil(L1);
    if (slot !== undefined) L1.stack[L1.top - 1]?.setfrom(slot);
  };
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
