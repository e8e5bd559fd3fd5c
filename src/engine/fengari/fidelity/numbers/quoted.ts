import type { LuaState } from "../../fengari.js";
import { api, aux, check } from "../api.js";
import { floatText } from "./printf.js";

/** `%q` of string.format: a literal that Lua reads back as the same value. */
export function quoted(L: LuaState, argument: number): string | Uint8Array {
  switch (api.lua_type(L, argument)) {
    case api.LUA_TSTRING:
      return quotedString(Buffer.from(aux.luaL_checklstring(L, argument)).toString("latin1"));
    case api.LUA_TNUMBER:
      return quotedNumber(L, argument);
    case api.LUA_TNIL:
    case api.LUA_TBOOLEAN: {
      const text = aux.luaL_tolstring(L, argument);
      api.lua_pop(L, 1);
      return text;
    }
    default:
      check(L, false, argument, "value has no literal form");
      return "";
  }
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\\n" };

function quotedString(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped.
  const body = text.replace(/["\\\x00-\x1f\x7f](?=(\d)?)/g, (character, digit: string | undefined) => {
    const code = String(character.charCodeAt(0));
    return escapes[character] ?? `\\${digit === undefined ? code : code.padStart(3, "0")}`;
  });
  return `"${body}"`;
}

const PLAIN = {
  left: false,
  plus: false,
  space: false,
  alternative: false,
  zeros: false,
  width: 0,
  precision: undefined,
} as const;

function quotedNumber(L: LuaState, argument: number): string {
  const n = aux.luaL_checknumber(L, argument);
  if (!api.lua_isinteger(L, argument)) return floatText(n, "a", PLAIN);
  // The smallest integer has no decimal literal.
  return n === -(2 ** 31) ? "0x80000000" : String(n);
}
