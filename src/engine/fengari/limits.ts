import { type LuaFunction, type LuaState, lua, toFunction, toLuaString } from "./fengari.js";

/** What a program relied on that the embedded Lua does not have. */
export type Limit = "weak tables" | "finalizers" | "integers of more than 32 bits";

const fields: readonly (readonly [field: string, limit: Limit])[] = [
  ["__mode", "weak tables"],
  ["__gc", "finalizers"],
];

/**
 * Notes what a program relies on in vain: it has set metatables that ask for weak tables or finalizers, and then
 * asks for a collection. To set them alone, as many libraries do to save memory, changes nothing that shows.
 */
export function installLimits(L: LuaState, note: (limit: Limit) => void): void {
  const asked = new Set<Limit>();
  wrapGlobal(L, "setmetatable", (L1) => {
    for (const [field, limit] of fields) if (hasField(L1, field)) asked.add(limit);
  });
  wrapGlobal(L, "collectgarbage", (L1) => {
    const option = lua.lua_tolstring(L1, 1);
    if (option === null || Buffer.from(option).toString("latin1") === "collect") asked.forEach(note);
  });
}

/** Whether the second argument is a table with a field. */
function hasField(L: LuaState, field: string): boolean {
  if (lua.lua_type(L, 2) !== lua.LUA_TTABLE) return false;
  lua.lua_pushstring(L, toLuaString(field));
  lua.lua_rawget(L, 2);
  const isSet = !lua.lua_isnil(L, -1);
  lua.lua_pop(L, 1);
  return isSet;
}

function wrapGlobal(L: LuaState, name: string, before: (L: LuaState) => void): void {
  lua.lua_getglobal(L, toLuaString(name));
  const original: LuaFunction = toFunction(L, -1);
  lua.lua_pushcfunction(L, (L1) => {
    before(L1);
    return original(L1);
  });
  lua.lua_setglobal(L, toLuaString(name));
  lua.lua_pop(L, 1);
}
