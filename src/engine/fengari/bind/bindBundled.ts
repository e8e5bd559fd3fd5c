import { type LuaState, lua, toLuaString } from "../fengari.js";
import type { Import } from "./bindExport.js";

/** Lets `require` find the assertions of src/lua where package.path has no others. */
export function installBundled(L: LuaState, importFile: Import): void {
  importFile(L, "bundled");
  lua.lua_getfield(L, -1, toLuaString("install"));
  lua.lua_getfield(L, -2, toLuaString("modules"));
  lua.lua_call(L, 1, 0);
  lua.lua_pop(L, 1);
}
