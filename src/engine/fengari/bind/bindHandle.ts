import { type LuaFunction, type LuaState, lua, pushOf, toLuaString } from "../fengari.js";
import type { Push } from "./bindExport.js";

/** What a userdata of the host libraries holds; the program sees neither it nor a user value. */
interface Held {
  metatable?: unknown;
  push?: Push;
  /** The field `id` of the value: the number of a stream. */
  id?: number;
}

const ID = toLuaString("id");

export const handleFunctions: Readonly<Record<string, LuaFunction>> = {
  userdata: (L) => {
    const held = lua.lua_newuserdata(L, 0) as Held;
    held.metatable = lua.lua_topointer(L, 1);
    held.push = pushOf(L, 2);
    if (lua.lua_getfield(L, 2, ID) === lua.LUA_TNUMBER) held.id = lua.lua_tonumber(L, -1);
    lua.lua_pop(L, 1);
    lua.lua_pushvalue(L, 1);
    lua.lua_setmetatable(L, -2);
    return 1;
  },
  value: (L) => {
    const held = lua.lua_touserdata(L, 1) as Held | null;
    if (held?.push !== undefined && held.metatable === lua.lua_topointer(L, 2)) held.push(L);
    else lua.lua_pushnil(L);
    return 1;
  },
};

/** The number of the stream of a file handle, which may be closed; undefined for any other value. */
export function streamId(L: LuaState, index: number): number | undefined {
  return (lua.lua_touserdata(L, index) as Held | null)?.id;
}
