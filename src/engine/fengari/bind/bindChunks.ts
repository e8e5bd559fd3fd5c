import { existsSync, readFileSync } from "node:fs";
import { protosOf } from "../chunks/chunk.js";
import {
  dumpTop,
  type FengariProto,
  forgetClosures,
  type LuaState,
  lauxlib,
  lua,
  pushMain,
  toLuaString,
  topProto,
  toText,
} from "../fengari.js";

/** Next to this module's folder, in the sources as in what is built from them. */
const folder = new URL("../../../lua/", import.meta.url);
/** Whoever meets a function of the host libraries on the stack sees C. */
const CHUNK_NAME = toLuaString("=[C]");

/** Main functions, compiled once for all states of this thread; and all functions in them. */
const compiled = new Map<string, FengariProto>();
const protos: FengariProto[] = [];
/** The state in which they are compiled. */
let compiler: LuaState | null = null;

/** Pushes the main function of a file of src/lua. */
export function loadHostChunk(L: LuaState, name: string): void {
  const proto = compiled.get(name) ?? compileHostChunk(name);
  compiled.set(name, proto);
  pushMain(L, proto);
}

/** Before a new state: a function without upvalues must not be one that another state has made. */
export function forgetHostClosures(): void {
  forgetClosures(protos);
}

/** A file of src/lua as `string.dump` has it, for the build. */
export function dumpHostChunk(text: Uint8Array): Uint8Array {
  const L = lauxlib.luaL_newstate();
  load(L, text, "t");
  for (const each of protosOf(topProto(L))) withoutLines(each);
  return dumpTop(L);
}

/** Compiles a text for nobody, as that of each program is. */
export function compileSample(): void {
  load(lauxlib.luaL_newstate(), readFileSync(new URL("spec.lua", folder)), "t");
}

function compileHostChunk(name: string): FengariProto {
  compiler ??= lauxlib.luaL_newstate();
  const L = compiler;
  // What the build has compiled is loaded in a fifth of the time.
  const compiledFile = new URL(`${name}.luac`, folder);
  if (existsSync(compiledFile)) load(L, readFileSync(compiledFile), "b");
  else load(L, readFileSync(new URL(`${name}.lua`, folder)), "t");
  const proto = topProto(L);
  lua.lua_pop(L, 1);
  for (const each of protosOf(proto)) {
    withoutLines(each);
    protos.push(each);
  }
  return proto;
}

/** Without lines a function has no line in a traceback, as one in C. */
function withoutLines({ lineinfo }: FengariProto): void {
  lineinfo.length = 0;
}

function load(L: LuaState, chunk: Uint8Array, mode: "b" | "t"): void {
  const status = lauxlib.luaL_loadbufferx(L, chunk, chunk.length, CHUNK_NAME, toLuaString(mode));
  if (status === lua.LUA_OK) return;
  throw new Error(`a host library does not load: ${toText(lua.lua_tolstring(L, -1) ?? CHUNK_NAME)}`);
}
