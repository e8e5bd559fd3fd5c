import { forgetHostClosures, loadHostChunk } from "../bind/bindChunks.js";
import { type LuaState, lauxlib, lua, toLuaString, toText } from "../fengari.js";
import { newState } from "../state.js";
import { installStop, Stop } from "../stop.js";
import { callWithin } from "./callWithin.js";

export type LuaValue = string | number | boolean;

/** What a key has; null is what cannot be read, such as a function. */
export type LuacovValue =
  | { readonly kind: "plain"; readonly value: LuaValue | null }
  | {
      readonly kind: "table";
      readonly items: readonly (LuaValue | null)[];
      readonly entries: Readonly<Record<string, LuaValue | null>>;
    };

/** What a configuration of LuaCov's says, as far as it can be read. */
export interface LuacovFile {
  readonly settings: Readonly<Record<string, LuacovValue>>;
  /** What went wrong, in words, with the line; the settings are those that were made before. */
  readonly problems: readonly string[];
}

/** What a configuration reaches. */
export interface LuacovSurroundings {
  /** Variables of the environment. */
  readonly getenv: (name: string) => string | undefined;
  /** A module of the project, and the name of its file; null for any other. */
  readonly moduleOf: (name: string) => { readonly text: Uint8Array; readonly file: string } | null;
}

/**
 * Runs the text of a configuration in a Lua state that reaches nothing else outside, for as long as a limit in milliseconds
 * allows.
 */
export function readLuacovFile(
  text: Uint8Array,
  { getenv, moduleOf }: LuacovSurroundings,
  limit: number,
): LuacovFile {
  const stop = new Stop();
  const L = newState();
  forgetHostClosures();
  installStop(L, { stop });
  const told: Told = { settings: {}, problems: [] };
  loadHostChunk(L, "luacov/configuration");
  lua.lua_pushstring(L, text);
  lua.lua_pushstring(L, toLuaString("=line"));
  lua.lua_pushcfunction(L, (L1) => hear(L1, told));
  lua.lua_pushcfunction(L, (L1) => {
    const value = getenv(toText(lauxlib.luaL_checklstring(L1, 1)));
    if (value === undefined) lua.lua_pushnil(L1);
    else lua.lua_pushstring(L1, toLuaString(value));
    return 1;
  });
  lua.lua_pushcfunction(L, (L1) => {
    const module = moduleOf(toText(lauxlib.luaL_checklstring(L1, 1)));
    if (module === null) return 0;
    lua.lua_pushstring(L1, module.text);
    lua.lua_pushstring(L1, toLuaString(module.file));
    return 2;
  });
  const status = callWithin(L, stop, limit, 5);
  if (stop.reason?.kind === "timed out") {
    told.problems.push(`${stop.reason.place.replace(":", " ")}: it runs longer than ${limit / 1000} s`);
  } else if (status !== lua.LUA_OK) told.problems.push(textAt(L, -1) ?? "it fails");
  return told;
}

interface Told {
  readonly settings: Record<string, LuacovValue>;
  readonly problems: string[];
}

function hear(L: LuaState, { settings, problems }: Told): number {
  const [what, key = ""] = [textAt(L, 1), textAt(L, 2) ?? undefined];
  const table = Object.hasOwn(settings, key) ? settings[key] : undefined;
  if (what === "problem") problems.push(key.replace(/^line:/, "line "));
  else if (what === "set") settings[key] = { kind: "plain", value: valueAt(L, 3) };
  else if (what === "table") settings[key] = { kind: "table", items: [], entries: {} };
  else if (table?.kind !== "table") return 0;
  else if (what === "item") settings[key] = { ...table, items: [...table.items, valueAt(L, 3)] };
  else settings[key] = { ...table, entries: { ...table.entries, [textAt(L, 3) ?? ""]: valueAt(L, 4) } };
  return 0;
}

function valueAt(L: LuaState, index: number): LuaValue | null {
  if (lua.lua_isboolean(L, index)) return lua.lua_toboolean(L, index);
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  return type === lua.LUA_TSTRING ? textAt(L, index) : null;
}

function textAt(L: LuaState, index: number): string | null {
  const text = lua.lua_tolstring(L, index);
  return text === null ? null : toText(text);
}
