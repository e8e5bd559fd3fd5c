import { type LuaState, lauxlib, lua, toLuaString } from "../fengari.js";

/** The rest of the C API that the libraries here need; toLuaString's argument checks of lauxlib.c included. */
interface MoreOfLua {
  readonly LUA_TBOOLEAN: number;
  readonly LUA_TFUNCTION: number;
  readonly LUA_TTABLE: number;
  readonly LUA_OPLT: number;
  lua_geti(L: LuaState, index: number, key: number): number;
  lua_isinteger(L: LuaState, index: number): boolean;
  lua_seti(L: LuaState, index: number, key: number): void;
  lua_tointeger(L: LuaState, index: number): number;
  lua_tointegerx(L: LuaState, index: number): number | false;
}

interface MoreOfAuxiliary {
  luaL_checkany(L: LuaState, index: number): void;
  luaL_checkinteger(L: LuaState, index: number): number;
  luaL_checknumber(L: LuaState, index: number): number;
  luaL_checktype(L: LuaState, index: number, type: number): void;
  luaL_len(L: LuaState, index: number): number;
}

// The one place that claims more of fengari than its façade declares.
export const api = lua as typeof lua & MoreOfLua;
export const aux = lauxlib as typeof lauxlib & MoreOfAuxiliary;

/** luaL_argcheck. */
export function check(L: LuaState, condition: boolean, argument: number, message: string): asserts condition {
  if (!condition) lauxlib.luaL_argerror(L, argument, toLuaString(message));
}

/** luaL_error; "%" is doubled in the message. */
export function raise(L: LuaState, message: string): never {
  lauxlib.luaL_error(L, toLuaString(message));
  throw new Error(message);
}
