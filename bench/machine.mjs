// What is mended in fengari gains or costs: the time of each workload in the Lua that is embedded here, without
// measuring, divided by that in fengari as it comes.
//
//   node bench/machine.mjs [--rounds 7] [--limit embedded=1.1]
import { createRequire } from "node:module";
import { runProgram } from "../build/engine/fengari/program.js";
import { bench } from "./ratios.mjs";

bench(import.meta.url, { fengari: runInFengari, embedded: runEmbedded });

function runInFengari(file) {
  const { lua, lauxlib, lualib, to_luastring } = createRequire(import.meta.url)("fengari");
  const L = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(L);
  if (lauxlib.luaL_dofile(L, to_luastring(file)) !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(L, -1));
}

function runEmbedded(file) {
  const exit = runProgram({ file, args: [], packagePath: "" }, () => null);
  if (exit.kind !== "returned") throw new Error(`${file}: ${JSON.stringify(exit)}`);
}
