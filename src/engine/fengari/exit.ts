import type { Around } from "./around.js";
import { type LuaState, lauxlib, lua, toLuaString } from "./fengari.js";

/** Gives a state an `os.exit` that ends the program, not the process. */
export function installExit(L: LuaState, around: Pick<Around, "stop">): void {
  lua.lua_getglobal(L, toLuaString("os"));
  lua.lua_pushcfunction(L, (L1) => around.stop.now({ kind: "exited", code: exitCode(L1) }));
  lua.lua_setfield(L, -2, toLuaString("exit"));
  lua.lua_pop(L, 1);
}

/** As los_lib.c: true or nothing is success, false is failure, and the system keeps the lowest eight bits. */
function exitCode(L: LuaState): number {
  if (lua.lua_isboolean(L, 1)) return lua.lua_toboolean(L, 1) ? 0 : 1;
  return lauxlib.luaL_optinteger(L, 1, 0) & 0xff;
}
