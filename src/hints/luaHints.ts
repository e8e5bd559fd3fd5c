/** Which Lua would run what an embedded one cannot. */

import { wasmVersionOf } from "../engine/wasm/package/versions.js";
import { isOnPath } from "../files/searchPath.js";
import type { Notice, Outcome } from "../types.js";

/** Something that an embedded Lua does not have, and who does, the likeliest first. */
interface Need {
  /** As in "relies on …". */
  readonly what: string;
  /** In a message of a failed test. */
  readonly sign: RegExp;
  readonly luas: readonly string[];
  /** What to do where no Lua can run tests that has it. */
  readonly instead?: string;
}

/** For what only Luas outside of Node have. */
const outside: readonly Need[] = [
  {
    what: "a module in C",
    sign: /written in C, which the embedded Lua cannot load/,
    luas: ["lua5.3", "lua", "lua5.4", "luajit", "lua5.1", "lua5.2"],
  },
  { what: "LuaJIT", sign: /module '(?:ffi|bit|jit(?:\.\w+)*)' not found|\(global 'jit'\)/, luas: ["luajit"] },
  { what: "Neovim", sign: /\(global 'vim'\)/, luas: ["nvim"] },
  {
    what: "LÖVE",
    sign: /\(global 'love'\)/,
    luas: [],
    instead:
      "have the test make the table love that it needs, or measure the game as it runs: luacov-ts cover -- love .",
  },
  { what: "OpenResty", sign: /\(global 'ngx'\)|module '(?:ngx|resty)\.[\w.]+' not found/, luas: ["resty"] },
];

/** For what another one that is embedded has. */
const inside: readonly Need[] = [
  {
    what: "what Lua 5.1 had",
    sign: /\(global '(?:setfenv|getfenv|loadstring|unpack|module|newproxy)'\)/,
    luas: ["5.1"],
  },
];

/** Advice for programs that failed in an embedded Lua, and rely on what it does not have. */
export function luaHints(outcomes: readonly Outcome[], searchPath = process.env.PATH ?? ""): Notice[] {
  return outcomes.flatMap(({ file, lua, results, limits }) => {
    const failed = results.filter(({ status }) => status === "failure" || status === "error");
    if ((lua !== null && wasmVersionOf(lua) === null) || failed.length === 0) return [];
    const needs = lua === "5.1" ? outside : [...outside, ...inside];
    const shown = needs.filter(({ sign }) => failed.some(({ message }) => sign.test(message)));
    const told = limits.map((what) => ({ what, luas: ["5.3"] }));
    return [...shown, ...told].map((need) => {
      const { what } = need;
      const name = lua === null ? "fengari" : `the embedded ${lua}`;
      const message = `${file} relies on ${what}, which ${name} does not have: if the failure is about that, ${remedy(need, searchPath)}`;
      return { level: "warning", file, message };
    });
  });
}

function remedy({ luas, instead }: Pick<Need, "luas" | "instead">, searchPath: string): string {
  if (instead !== undefined) return instead;
  const found = luas.find((name) => wasmVersionOf(name) !== null || isOnPath(name, searchPath));
  if (found !== undefined) return `run the test by --lua ${found}`;
  return `install a Lua that has it, such as ${luas[0]}, and run the test by --lua`;
}
