import { readFileSync } from "node:fs";
import { protosOf } from "./chunk.js";
import {
  type FengariProto,
  forgetClosures,
  type LuaState,
  lauxlib,
  lua,
  setTopProto,
  toLuaString,
  topProto,
  toText,
} from "./fengari.js";

/** Next to this module's folder, in the sources as in what is built from them. */
const folder = new URL("../../lua/", import.meta.url);
/** Whoever meets a function of the host libraries on the stack sees C. */
const CHUNK_NAME = toLuaString("=[C]");
const EMPTY_CHUNK = toLuaString("");
const TEXT = toLuaString("t");

/** Main functions, compiled once for all states of this thread; and all functions in them. */
const compiled = new Map<string, FengariProto>();
const protos: FengariProto[] = [];

/** Pushes the main function of a file of src/lua. */
export function loadHostChunk(L: LuaState, name: string): void {
  const proto = compiled.get(name) ?? compileHostChunk(name);
  compiled.set(name, proto);
  pushMain(L, proto);
}

/** Pushes a main function that was compiled in another state. */
export function pushMain(L: LuaState, proto: FengariProto): void {
  load(L, EMPTY_CHUNK);
  setTopProto(L, proto);
}

/** Before a new state: a function without upvalues must not be one that another state has made. */
export function forgetHostClosures(): void {
  forgetClosures(protos);
}

function compileHostChunk(name: string): FengariProto {
  const L = lauxlib.luaL_newstate();
  load(L, readFileSync(new URL(`${name}.lua`, folder)));
  const proto = topProto(L);
  for (const each of protosOf(proto)) {
    // Without lines a function has no line in a traceback, as one in C.
    each.lineinfo.length = 0;
    protos.push(each);
  }
  return proto;
}

function load(L: LuaState, text: Uint8Array): void {
  const status = lauxlib.luaL_loadbufferx(L, text, text.length, CHUNK_NAME, TEXT);
  if (status === lua.LUA_OK) return;
  throw new Error(`a host library does not load: ${toText(lua.lua_tolstring(L, -1) ?? CHUNK_NAME)}`);
}
