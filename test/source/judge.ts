import { createRequire } from "node:module";
import type { LuaVersion } from "../../src/source/dialect.js";

/** What a Lua says of a text that it does not run. */
export type Judgement =
  | { readonly ok: true }
  | { readonly ok: false; readonly line: number; readonly message: string };

interface Bindings {
  readonly lua: {
    lua_tostring(L: number, index: number): string;
    lua_close(L: number): void;
  };
  readonly lauxlib: {
    luaL_newstate(): number;
    luaL_loadstring(L: number, text: string): number;
  };
}

const files: readonly (readonly [LuaVersion, string])[] = [
  ["5.1", "lua.51"],
  ["5.2", "lua.52"],
  ["5.3", "lua.53"],
  ["5.4", "lua.54"],
  ["5.5", "lua.55"],
];
const require = createRequire(import.meta.url);

/** PUC-Rio's own parsers, compiled to WebAssembly: they are there on every machine. */
export const judges: readonly (readonly [LuaVersion, (text: string) => Judgement])[] = files.map(
  ([version, file]) => {
    const bindings: Bindings = require(`lua-wasm-bindings/dist/${file}`);
    return [version, (text: string) => judge(bindings, text)];
  },
);

/** The text must not hold a zero, which ends it for the bindings. */
function judge({ lua, lauxlib }: Bindings, text: string): Judgement {
  const L = lauxlib.luaL_newstate();
  try {
    // The chunk's name is the text: a first line of its own keeps it short, and a "#" where it is.
    if (lauxlib.luaL_loadstring(L, `--\n${text}`) === 0) return { ok: true };
    const message = lua.lua_tostring(L, -1);
    const [, line, reason] = /^\[string "--\.\.\."\]:(\d+): ([\s\S]*)$/.exec(message) ?? [];
    return { ok: false, line: Number(line ?? 1) - 1, message: reason ?? message };
  } finally {
    lua.lua_close(L);
  }
}
