import { type Called, copySlot, type LuaState, lua, topFunction } from "../fengari.js";
import { latin } from "./tracedFunctions.js";

/** Values beside each other, in a few characters that say the same in each run: those at places of a thread's stack. */
export type TracedValues = (thread: LuaState, places: readonly number[]) => string;

/** Of a text, of a table, and of values beside each other. */
const [mostBytes, mostItems, mostValues] = [40, 3, 10];
/** U+2026 in UTF-8, a character for each byte. */
const dots = "\xe2\x80\xa6";

/** It looks on a stack of its own, as it is asked for while an instruction is under way, and calls nothing of the program's. */
export function createTracedValues(L: LuaState, nameOf: (called: Called) => string): TracedValues {
  const own = lua.lua_newthread(L);
  lua.lua_setfield(L, lua.LUA_REGISTRYINDEX, Buffer.from("luacov-ts values"));
  const write = (isItem: boolean) => textOf(own, nameOf, isItem);
  return (thread, places) => {
    const parts = places.slice(0, mostValues).map((place) => {
      copySlot(thread, place, own);
      const text = write(false);
      lua.lua_settop(own, 0);
      return text;
    });
    return [...parts, ...(places.length > mostValues ? [dots] : [])].join(", ");
  };
}

/** The value at the top of the stack; of a table that is an item of another one, whether it is empty. */
function textOf(own: LuaState, nameOf: (called: Called) => string, isItem: boolean): string {
  switch (lua.lua_type(own, -1)) {
    case lua.LUA_TTABLE:
      return isItem ? shortTable(own) : tableText(own, nameOf);
    case lua.LUA_TSTRING:
      return quoted(latin(lua.lua_tolstring(own, -1) ?? new Uint8Array()));
    case lua.LUA_TNUMBER:
      return numberText(own);
    case lua.LUA_TBOOLEAN:
      return String(lua.lua_toboolean(own, -1));
    case lua.LUA_TFUNCTION:
      return functionText(own, nameOf);
    default:
      return latin(lua.lua_typename(own, lua.lua_type(own, -1)));
  }
}

/** A number that is made a text becomes one. */
function numberText(own: LuaState): string {
  lua.lua_pushvalue(own, -1);
  const text = latin(lua.lua_tolstring(own, -1) ?? new Uint8Array());
  lua.lua_pop(own, 1);
  return text;
}

function functionText(own: LuaState, nameOf: (called: Called) => string): string {
  const called = topFunction(own);
  const name = called === null ? "" : nameOf(called);
  return name === "" || name === "(anonymous)" || name === "(in C)" ? "function" : `function ${name}`;
}

function shortTable(own: LuaState): string {
  return hasMore(own, 0) ? `{${dots}}` : "{}";
}

/** The first items of its sequence. */
function tableText(own: LuaState, nameOf: (called: Called) => string): string {
  const items: string[] = [];
  while (items.length < mostItems) {
    const type = lua.lua_rawgeti(own, -1, items.length + 1);
    const text = type === lua.LUA_TNIL ? null : textOf(own, nameOf, true);
    lua.lua_pop(own, 1);
    if (text === null) break;
    items.push(text);
  }
  return `{${[...items, ...(hasMore(own, items.length) ? [dots] : [])].join(", ")}}`;
}

/** Whether the table at the top of the stack has more entries than so many. */
function hasMore(own: LuaState, count: number): boolean {
  let found = 0;
  lua.lua_pushnil(own);
  while (lua.lua_next(own, -2) !== 0) {
    lua.lua_pop(own, 1);
    if (++found <= count) continue;
    lua.lua_pop(own, 1);
    return true;
  }
  return false;
}

const named: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/** Not cut in the middle of a character. */
function quoted(text: string): string {
  const isCut = text.length > mostBytes;
  const shown = isCut ? text.slice(0, mostBytes).replace(/[\xc2-\xf4][\x80-\xbf]*$/, "") : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
  const escaped = shown.replace(/[\0-\x1f\x7f"\\]/g, (each) => named[each] ?? decimal(each));
  return `"${escaped}"${isCut ? dots : ""}`;
}

function decimal(each: string): string {
  return `\\${String(each.charCodeAt(0)).padStart(3, "0")}`;
}
