import { withoutFirstLineComment } from "../../../source/firstLine.js";
import { untilZero } from "../../host/primitives/directory.js";
import { failureOf } from "../../host/primitives/failure.js";
import type { Around } from "../around.js";
import { type LuaFunction, type LuaState, lauxlib, lua, toLuaString } from "../fengari.js";

const NEWLINE = 0x0a;
const ESCAPE = 0x1b;
const STDIN_NAME = toLuaString("=stdin");

/** Gives what is compiled in place of the text of a file of a name. */
export type Rewrite = (L: LuaState, text: Uint8Array, name: Uint8Array) => Uint8Array;

export const asItIs: Rewrite = (_, text) => text;

/** `loadfile` and `dofile`, which read files as the host sees them. */
export function loadFunctions(
  around: Pick<Around, "host" | "chunks" | "rewrite">,
): Readonly<Record<string, LuaFunction>> {
  return {
    loadfile: (L) => {
      const mode = lauxlib.luaL_optlstring(L, 2, null);
      const status = loadFile(L, lauxlib.luaL_optlstring(L, 1, null), mode, around);
      if (status !== lua.LUA_OK) {
        lua.lua_pushnil(L);
        lua.lua_insert(L, -2);
        return 2;
      }
      if (!lua.lua_isnone(L, 3)) setEnvironment(L, 3);
      return 1;
    },
    dofile: (L) => {
      const name = lauxlib.luaL_optlstring(L, 1, null);
      lua.lua_settop(L, 1);
      if (loadFile(L, name, null, around) !== lua.LUA_OK) return lua.lua_error(L);
      const results = (L1: LuaState) => lua.lua_gettop(L1) - 1;
      lua.lua_callk(L, 0, lua.LUA_MULTRET, 0, results);
      return results(L);
    },
  };
}

/** luaL_loadfilex: pushes the function or a message. Without a name it reads standard input. */
export function loadFile(
  L: LuaState,
  name: Uint8Array | null,
  mode: Uint8Array | null,
  { host, chunks, rewrite }: Pick<Around, "host" | "chunks" | "rewrite">,
): number {
  let text: Uint8Array;
  try {
    text = name === null ? host.readInput() : rewrite(L, host.readFile(name), untilZero(name));
  } catch (error) {
    return cannotRead(L, name ?? toLuaString("stdin"), error);
  }
  const chunkName = name === null ? STDIN_NAME : Buffer.concat([toLuaString("@"), untilZero(name)]);
  const code = chunkCode(text);
  const isCached = name !== null && mode === null && code[0] !== ESCAPE;
  if (chunks !== null && isCached) return chunks.load(L, code, chunkName);
  return lauxlib.luaL_loadbufferx(L, code, code.length, chunkName, mode);
}

/** Bytecode may follow a first line with "#". */
function chunkCode(text: Uint8Array): Uint8Array {
  const code = withoutFirstLineComment(text);
  return code[0] === NEWLINE && code[1] === ESCAPE ? code.subarray(1) : code;
}

/** As in C, a folder can be opened but not read. */
function cannotRead(L: LuaState, name: Uint8Array, error: unknown): number {
  const failure = failureOf(error);
  if (failure === null) throw error;
  const verb = failure.message === "Is a directory" ? "read" : "open";
  const format = toLuaString(`cannot ${verb} %s: ${failure.message}`);
  lua.lua_pushfstring(L, format, name);
  return lua.LUA_OK + 1;
}

function setEnvironment(L: LuaState, index: number): void {
  lua.lua_pushvalue(L, index);
  if (lua.lua_setupvalue(L, -2, 1) === null) lua.lua_pop(L, 1);
}
