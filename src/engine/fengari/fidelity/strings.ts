import { askForMemory } from "../../host/primitives/memory.js";
import type { LuaFunction, LuaState } from "../fengari.js";
import { api, aux, check, raise } from "./api.js";
import { format } from "./numbers/format.js";

/** Functions of the string library that fengari's get wrong. */
export const stringFunctions: Readonly<Record<string, LuaFunction>> = { char, format, rep };

/** fengari's raises a TypeError for what is out of range. */
function char(L: LuaState): number {
  const bytes = new Uint8Array(api.lua_gettop(L));
  for (let index = 0; index < bytes.length; index++) {
    const code = aux.luaL_checkinteger(L, index + 1);
    check(L, code >= 0 && code <= 255, index + 1, "value out of range");
    bytes[index] = code;
  }
  api.lua_pushstring(L, bytes);
  return 1;
}

/** The longest string: JavaScript would make one of 4 GB, and the machine's integers cannot count it. */
const MAX_LENGTH = 2 ** 31 - 1;

/** fengari's copies `n` times, also an empty string. */
function rep(L: LuaState): number {
  const text = aux.luaL_checklstring(L, 1);
  const n = aux.luaL_checkinteger(L, 2);
  const separator = aux.luaL_optlstring(L, 3, null) ?? new Uint8Array();
  const unit = text.length + separator.length;
  if (n > 0 && unit * n > MAX_LENGTH) raise(L, "resulting string too large");
  // What is pushed is a copy.
  askForMemory(2 * unit * n);
  const bytes = Buffer.alloc(n > 0 ? unit * n - separator.length : 0);
  // Filling with a pattern repeats it up to the end, the separator after the last one left out.
  if (bytes.length > 0) bytes.fill(Buffer.concat([text, separator]));
  api.lua_pushstring(L, bytes);
  return 1;
}
