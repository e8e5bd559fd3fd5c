import { writeSync } from "node:fs";
import { type LuaState, type LuaStream, lauxlib, lua, toLuaString, toStream } from "../fengari.js";

const TAB = Buffer.from("\t");
const NEWLINE = Buffer.from("\n");
const FILE_HANDLE = toLuaString("FILE*");
const DEFAULT_OUTPUT = toLuaString("_IO_output");
const standardStreams = { stdin: 0, stdout: 1, stderr: 2 } as const;

/**
 * Gives a state `print`, `io.write` and `file:write` that write bytes, in order and at once, to the
 * process's own descriptors: a worker's `process.stdout` is asynchronous and has no descriptor.
 */
export function installOutput(L: LuaState): void {
  lua.lua_pushcfunction(L, print);
  lua.lua_setglobal(L, toLuaString("print"));
  lua.lua_getglobal(L, toLuaString("io"));
  for (const [name, fd] of Object.entries(standardStreams)) useDescriptor(L, name, fd);
  lua.lua_pushcfunction(L, ioWrite);
  lua.lua_setfield(L, -2, toLuaString("write"));
  lauxlib.luaL_getmetatable(L, FILE_HANDLE);
  lua.lua_pushcfunction(L, fileWrite);
  lua.lua_setfield(L, -2, toLuaString("write"));
  lua.lua_pop(L, 2);
}

function useDescriptor(L: LuaState, name: string, fd: number): void {
  lua.lua_getfield(L, -1, toLuaString(name));
  toStream(lua.lua_touserdata(L, -1)).f = { fd, toString: () => name };
  lua.lua_pop(L, 1);
}

function print(L: LuaState): number {
  const count = lua.lua_gettop(L);
  const parts: Uint8Array[] = [];
  for (let index = 1; index <= count; index++) {
    if (index > 1) parts.push(TAB);
    parts.push(tostring(L, index));
  }
  writeAll(standardStreams.stdout, Buffer.concat([...parts, NEWLINE]));
  return 0;
}

/** What `print` calls: the program's own global `tostring`, which must return a string. */
function tostring(L: LuaState, index: number): Uint8Array {
  lua.lua_getglobal(L, toLuaString("tostring"));
  lua.lua_pushvalue(L, index);
  lua.lua_call(L, 1, 1);
  const text = lua.lua_tolstring(L, -1);
  lua.lua_pop(L, 1);
  if (text !== null) return text;
  lauxlib.luaL_error(L, toLuaString("'tostring' must return a string to 'print'"));
  return NEWLINE;
}

function ioWrite(L: LuaState): number {
  lua.lua_getfield(L, lua.LUA_REGISTRYINDEX, DEFAULT_OUTPUT);
  const stream = toStream(lua.lua_touserdata(L, -1));
  if (stream.closef === null) lauxlib.luaL_error(L, toLuaString("standard output file is closed"));
  lua.lua_insert(L, 1);
  return writeArguments(L, stream);
}

function fileWrite(L: LuaState): number {
  const stream = toStream(lauxlib.luaL_checkudata(L, 1, FILE_HANDLE));
  if (stream.closef === null) lauxlib.luaL_error(L, toLuaString("attempt to use a closed file"));
  return writeArguments(L, stream);
}

/** Writes the arguments after the handle at index 1 and returns the handle, or nil, a message and a number. */
function writeArguments(L: LuaState, stream: LuaStream): number {
  const count = lua.lua_gettop(L);
  const parts: Uint8Array[] = [];
  for (let index = 2; index <= count; index++) parts.push(lauxlib.luaL_checklstring(L, index));
  try {
    writeAll(stream.f.fd, Buffer.concat(parts));
  } catch (error) {
    return lauxlib.luaL_fileresult(L, false, null, error);
  }
  lua.lua_settop(L, 1);
  return 1;
}

/** Writes all bytes, however often the descriptor takes only a part or, being a full pipe, none. */
function writeAll(fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if (!isFullPipe(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function isFullPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
