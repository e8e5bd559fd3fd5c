import { type LuaFunction, type LuaState, toLuaString } from "../../fengari.js";
import { api } from "../api.js";

/** Functions of the table library that fengari's get wrong. */
export const tableFunctions: Readonly<Record<string, LuaFunction>> = { pack };

/**
 * Makes a table whose array has a place for each argument, also for those that are nil: the field `n` comes
 * first, as a later one would make the table find a new size.
 */
function pack(L: LuaState): number {
  const count = api.lua_gettop(L);
  api.lua_createtable(L, count, 1);
  api.lua_pushinteger(L, count);
  api.lua_setfield(L, -2, toLuaString("n"));
  api.lua_insert(L, 1);
  for (let index = count; index >= 1; index--) api.lua_rawseti(L, 1, index);
  return 1;
}
