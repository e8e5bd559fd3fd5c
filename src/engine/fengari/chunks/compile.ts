import { withoutFirstLineComment } from "../../../source/firstLine.js";
import type { Chunk } from "../../../types.js";
import { lauxlib, lua, toLuaString, topProto, toText } from "../fengari.js";
import { chunkOf } from "./chunk.js";

export type Compiled =
  | { readonly ok: true; readonly chunk: Chunk }
  | { readonly ok: false; readonly message: string };

/**
 * Compiles a Lua file without running it. `file` names it in Lua's message, as in `file:3: '=' expected`.
 */
export function compile(text: Uint8Array, file: string): Compiled {
  const L = lauxlib.luaL_newstate();
  const code = withoutFirstLineComment(text);
  const status = lauxlib.luaL_loadbufferx(L, code, code.length, toLuaString(`@${file}`), toLuaString("t"));
  if (status === lua.LUA_OK) return { ok: true, chunk: chunkOf(topProto(L)) };
  const message = lua.lua_tolstring(L, -1);
  return { ok: false, message: message === null ? "cannot be compiled" : toText(message) };
}
