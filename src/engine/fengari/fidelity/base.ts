import { type LuaFunction, toLuaString } from "../fengari.js";
import { api, aux, check } from "./api.js";

const IPAIRS = toLuaString("__ipairs");

/** `ipairs` with the metamethod __ipairs (LUA_COMPAT_IPAIRS), around fengari's. */
export function ipairsWithMetamethod(ipairs: LuaFunction): LuaFunction {
  return (L) => {
    aux.luaL_checkany(L, 1);
    if (aux.luaL_getmetafield(L, 1, IPAIRS) === api.LUA_TNIL) return ipairs(L);
    api.lua_pushvalue(L, 1);
    api.lua_call(L, 1, 3);
    return 3;
  };
}

/** `tonumber` around fengari's, which takes "12" for a number of base 2. */
export function tonumberWithBase(tonumber: LuaFunction): LuaFunction {
  return (L) => {
    if (api.lua_type(L, 2) <= api.LUA_TNIL) return tonumber(L);
    const base = aux.luaL_checkinteger(L, 2);
    aux.luaL_checktype(L, 1, api.LUA_TSTRING);
    check(L, base >= 2 && base <= 36, 2, "base out of range");
    const n = parse(Buffer.from(aux.luaL_checklstring(L, 1)).toString("latin1"), base);
    if (n === null) api.lua_pushnil(L);
    else api.lua_pushinteger(L, n);
    return 1;
  };
}

/** Digits of a base, as an integer that wraps around. */
function parse(text: string, base: number): number | null {
  const [, sign = "", digits = ""] = /^[ \t\n\v\f\r]*([-+]?)([0-9a-zA-Z]+)[ \t\n\v\f\r]*$/.exec(text) ?? [];
  if (digits === "") return null;
  let value = 0;
  for (const character of digits) {
    const digit = Number.parseInt(character, 36);
    if (digit >= base) return null;
    value = (Math.imul(value, base) + digit) | 0;
  }
  return sign === "-" ? -value | 0 : value;
}
