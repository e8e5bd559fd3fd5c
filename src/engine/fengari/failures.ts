import type { Exit } from "../../types.js";
import type { Host } from "../host/host.js";
import type { Import } from "./bind/bindExport.js";
import { type LuaFunction, type LuaState, lauxlib, lua, toLuaString, toText } from "./fengari.js";

type Failed = Extract<Exit, { readonly kind: "failed" }>;

/** What becomes of an error that nothing in a program catches. */
export interface Failures {
  /** The message handler of every step of the program. */
  readonly handler: LuaFunction;
  /** The failure whose message, with its traceback if it has one, is at the top of the stack. */
  atTop(L: LuaState): Failed;
}

const TOSTRING = toLuaString("__tostring");
const NULL = toLuaString("(null)");

/** Gives the text of an error object that has none of its own. */
type Describe = (L: LuaState) => Uint8Array;

/** As lua.c, which writes to standard error what went wrong before it closes the program's files. */
export function failuresOfLua(host: Host): Failures {
  const { handler, atTop } = failures(typeOnly, false);
  return {
    handler,
    atTop: (L) => {
      const text = lua.lua_tolstring(L, -1) ?? NULL;
      const end = text.indexOf(0);
      host.complain(
        Buffer.concat([toLuaString("lua: "), end === -1 ? text : text.subarray(0, end), toLuaString("\n")]),
      );
      return { ...atTop(L), shown: true };
    },
  };
}

/** For people who look for the reason: an error object is shown with what is in it. */
export function describedFailures(importFile: Import): Failures {
  return failures((L) => {
    importFile(L, "describe");
    lua.lua_pushvalue(L, 1);
    const described = lua.lua_pcall(L, 1, 1, 0) === lua.LUA_OK ? lua.lua_tolstring(L, -1) : null;
    return described ?? typeOnly(L);
  }, true);
}

/** In lua.c a text of an error object's own has no traceback; whoever looks for the place of an error wants one. */
function failures(describe: Describe, tracesAll: boolean): Failures {
  // Where the message in a text ends that the handler has made, which may look like a traceback itself.
  let last: { readonly text: Uint8Array; readonly message: Uint8Array } | null = null;
  return {
    handler: (L) => {
      const text = lua.lua_tolstring(L, 1);
      const own = text === null ? ownText(L) : null;
      if (own !== null && !tracesAll) return 1;
      const message = text ?? own ?? describe(L);
      lauxlib.luaL_traceback(L, L, message, 1);
      last = { text: lua.lua_tolstring(L, -1) ?? message, message };
      return 1;
    },
    atTop: (L) => {
      const text = lua.lua_tolstring(L, -1) ?? toLuaString("(error object is not a string)");
      const length =
        last !== null && Buffer.compare(last.text, text) === 0 ? last.message.length : text.length;
      return {
        kind: "failed",
        message: toText(text.subarray(0, length)),
        traceback: toText(text.subarray(length + 1)),
      };
    },
  };
}

function typeOnly(L: LuaState): Uint8Array {
  return toLuaString(`(error object is a ${toText(lua.lua_typename(L, lua.lua_type(L, 1)))} value)`);
}

/** Pushes what the error object's __tostring says; null unless that is a string. */
function ownText(L: LuaState): Uint8Array | null {
  if (!lauxlib.luaL_callmeta(L, 1, TOSTRING) || lua.lua_type(L, -1) !== lua.LUA_TSTRING) return null;
  return lua.lua_tolstring(L, -1);
}
