import { createHost } from "../../host/host.js";
import { type LuaState, lua, toLuaString, toText } from "../fengari.js";
import { setArguments, setPackagePath } from "../program.js";
import { openState } from "../state.js";
import { Stop } from "../stop.js";

export type LuaValue = string | number | boolean;

/** The settings of one task of a configuration of busted's; one value is a list of one. */
export type BustedSettings = Readonly<Record<string, readonly LuaValue[]>>;

export type BustedFile =
  | {
      readonly ok: true;
      readonly settings: BustedSettings;
      /** Running it changes more than its settings, such as package.path or globals. */
      readonly changesMore: boolean;
      /** What is no table where a task must be one, in words; null for nothing. */
      readonly misplaced: string | null;
    }
  /** Why there are none, in words. */
  | { readonly ok: false; readonly reason: string };

/**
 * Runs a configuration of busted's in a Lua state of its own, which may write nothing outside of `root`, and
 * returns the settings of a task with those of `_all`. Without a task it is the one named `default`.
 */
export function readBustedFile(
  file: string,
  { task, root, packagePath }: { task: string | null; root: string; packagePath: string },
): BustedFile {
  const stop = new Stop();
  const host = createHost({ sandbox: root });
  const { L, importFile } = openState({ host, stop });
  setPackagePath(L, packagePath);
  setArguments(L, { file, args: [] });
  const settings: Record<string, readonly LuaValue[]> = {};
  importFile(L, "busted/configuration");
  lua.lua_getfield(L, -1, toLuaString("read"));
  lua.lua_pushstring(L, toLuaString(file));
  if (task === null) lua.lua_pushnil(L);
  else lua.lua_pushstring(L, toLuaString(task));
  lua.lua_pushcfunction(L, (L1) => {
    settings[String(valueAt(L1, 1))] = valuesFrom(L1, 2);
    return 0;
  });
  const status = lua.lua_pcall(L, 3, 3, 0);
  host.close(false);
  if (stop.reason !== null) return { ok: false, reason: "it calls os.exit" };
  if (status !== lua.LUA_OK) return { ok: false, reason: textAt(L, -1) };
  if (lua.lua_isnil(L, -3)) return { ok: false, reason: textAt(L, -2) };
  const misplaced = lua.lua_isnil(L, -1) ? null : textAt(L, -1);
  return { ok: true, settings, changesMore: lua.lua_toboolean(L, -2), misplaced };
}

/** Says whether any of the Lua patterns is found in a text. Throws Lua's message for a malformed one. */
export function luaMatcher(patterns: readonly string[]): (text: string) => boolean {
  const { L, importFile } = openState({ host: createHost(), stop: new Stop() });
  importFile(L, "busted/configuration");
  return (text) => {
    lua.lua_getfield(L, -1, toLuaString("finds"));
    for (const each of [text, ...patterns]) lua.lua_pushstring(L, toLuaString(each));
    const status = lua.lua_pcall(L, patterns.length + 1, 1, 0);
    const [message, found] = [textAt(L, -1), lua.lua_toboolean(L, -1)];
    lua.lua_pop(L, 1);
    if (status !== lua.LUA_OK) throw new Error(message);
    return found;
  };
}

function valuesFrom(L: LuaState, first: number): LuaValue[] {
  const count = lua.lua_gettop(L) - first + 1;
  const values = Array.from({ length: count }, (_, index) => valueAt(L, first + index));
  return values.filter((value) => value !== null);
}

function valueAt(L: LuaState, index: number): LuaValue | null {
  if (lua.lua_isboolean(L, index)) return lua.lua_toboolean(L, index);
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  return type === lua.LUA_TSTRING ? textAt(L, index) : null;
}

function textAt(L: LuaState, index: number): string {
  const text = lua.lua_tolstring(L, index);
  return text === null ? "(error object is not a string)" : toText(text);
}
