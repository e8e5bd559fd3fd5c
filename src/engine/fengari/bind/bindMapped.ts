import { type LuaState, lua, toLuaString } from "../fengari.js";
import type { Import } from "./bindExport.js";
import { pushValue } from "./bindValue.js";

/** Lets `require` find modules in files, whatever package.path leads to. */
export function installMapped(
  L: LuaState,
  modules: Readonly<Record<string, string>>,
  importFile: Import,
): void {
  const entries = Object.entries(modules).map(([module, file]) => [module, toLuaString(file)] as const);
  if (entries.length === 0) return;
  importFile(L, "mapped");
  lua.lua_getfield(L, -1, toLuaString("install"));
  pushValue(L, Object.fromEntries(entries));
  lua.lua_call(L, 1, 0);
  lua.lua_pop(L, 1);
}
