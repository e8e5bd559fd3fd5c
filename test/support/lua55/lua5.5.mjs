/**
 * `lua5.5 [-e CODE] [-l MODULE] [--] [SCRIPT [ARGUMENTS]]` for tests: PUC-Rio's Lua 5.5 from npm, with the files and the environment of
 * this machine. What lua.c does in its function `pmain`, a JavaScript function does here in the place of one of C, so
 * that the stack has the same levels.
 */

import { readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { systemCalls } from "./system.mjs";

const require = createRequire(import.meta.url);
const glue = require("lua-wasm-bindings/dist/glue/glue-lua-5.5.0.js");
const wasm = readFileSync(require.resolve("lua-wasm-bindings/dist/glue/glue-lua-5.5.0.wasm"));

let memory;
let table;
const lua = glue({
  instantiateWasm(imports, receive) {
    Object.assign(
      imports.a,
      systemCalls(() => memory),
    );
    const module = new WebAssembly.Module(wasm);
    const instance = new WebAssembly.Instance(module, imports);
    memory = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory);
    table = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Table);
    receive(instance, module);
    return instance.exports;
  },
});

const L = lua._luaL_newstate();
const push = (text) => lua.cwrap("lua_pushstring", "string", ["number", "string"])(L, text);
const getGlobal = (name) => lua.cwrap("lua_getglobal", "number", ["number", "string"])(L, name);
const getField = (name) => lua.cwrap("lua_getfield", "number", ["number", "number", "string"])(L, -1, name);
const loadString = (text) => lua.cwrap("luaL_loadstring", "number", ["number", "string"])(L, text);
const textAt = (index) => lua.cwrap("lua_tolstring", "string", ["number", "number", "number"])(L, index, 0);
const call = (count, results) => lua._lua_callk(L, count, results, 0, 0);
const top = () => lua._lua_gettop(L);

const multiple = -1;
const nil = 0;
const functionType = 6;
/** What standalone.lua gives, by its place on the stack of `runAsLua`. */
const [loadfile, load, getmetatable, handle, makeArg, unpackArguments, setGlobal] = [1, 2, 3, 4, 5, 6, 7];

lua._luaL_openselectedlibs(L, -1, 0);
loadString(readFileSync(new URL("standalone.lua", import.meta.url), "latin1"));
call(0, setGlobal + 2);
const slot = Number(textAt(-1).replace(/^.*: /, ""));
lua._lua_settop(L, -2);
const original = table.get(slot);
table.set(slot, asFunctionOfC(runAsLua));
// The function comes first, with what standalone.lua gave as its arguments.
lua._lua_rotate(L, -setGlobal - 1, 1);
const hasRun = lua._lua_pcallk(L, setGlobal, 1, 0, 0, 0) === 0 && textAt(-1) === "ok";
lua._lua_close(L);
process.exit(hasRun ? 0 : 1);

/** A module of one function, which is imported and exported: WebAssembly has no other way to make one of JavaScript's. */
function asFunctionOfC(implementation) {
  const bytes = [
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0, 7,
    5, 1, 1, 0x63, 0, 0,
  ];
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  return new WebAssembly.Instance(module, { a: { b: implementation } }).exports.c;
}

function runAsLua() {
  table.set(slot, original);
  const words = ["lua5.5", ...process.argv.slice(2)];
  const { options, first } = optionsIn(words);
  const script = words[first];
  lua._lua_pushvalue(L, makeArg);
  for (const text of [String(script === undefined ? 0 : first), ...words]) push(text);
  call(1 + words.length, 0);
  const isOk =
    runInit() && options.every(runOption) && (script === undefined || run(loadfile, [script], pushArguments));
  push(isOk ? "ok" : "failed");
  return 1;
}

/** `-e` and `-l` with what belongs to each, and where the script is. */
function optionsIn(words) {
  const options = [];
  let first = 1;
  for (; /^-./.test(words[first] ?? ""); first++) {
    const word = words[first];
    if (word === "--") return { options, first: first + 1 };
    options.push({ kind: word.slice(0, 2), value: word.slice(2) || (words[++first] ?? "") });
  }
  return { options, first };
}

function runOption({ kind, value }) {
  return kind === "-l" ? runLibrary(value) : run(load, [value, "=(command line)"]);
}

function runLibrary(name) {
  const base = top();
  lua._lua_pushvalue(L, handle);
  getGlobal("require");
  push(name);
  if (lua._lua_pcallk(L, 1, 1, base + 1, 0, 0) !== 0) return complain();
  lua._lua_pushvalue(L, setGlobal);
  push(name);
  lua._lua_pushvalue(L, base + 2);
  call(2, 0);
  return true;
}

function runInit() {
  const name = process.env.LUA_INIT_5_5 === undefined ? "LUA_INIT" : "LUA_INIT_5_5";
  const init = process.env[name];
  if (init === undefined) return true;
  return init.startsWith("@") ? run(loadfile, [init.slice(1)]) : run(load, [init, `=${name}`]);
}

/** Loads a chunk and calls it with what `pushMore` pushes; says what was wrong. */
function run(loader, args, pushMore = () => {}) {
  const base = top();
  lua._lua_pushvalue(L, loader);
  args.forEach(push);
  call(args.length, multiple);
  if (lua._lua_type(L, base + 1) !== functionType) return complain();
  pushMore();
  lua._lua_pushvalue(L, handle);
  lua._lua_rotate(L, base + 1, 1);
  const isOk = lua._lua_pcallk(L, top() - base - 2, multiple, base + 1, 0, 0) === 0;
  return isOk || complain();
}

/** lua.c asks for the length of `arg` while the script is on its stack: whoever is asked may put another one there. */
function pushArguments() {
  const base = top();
  getGlobal("arg");
  lua._lua_pushvalue(L, getmetatable);
  lua._lua_pushvalue(L, base + 1);
  call(1, 1);
  if (lua._lua_type(L, -1) !== nil && getField("__len") === functionType) {
    lua._lua_pushvalue(L, base + 1);
    call(1, 0);
  }
  lua._lua_settop(L, base + 1);
  lua._lua_pushvalue(L, unpackArguments);
  lua._lua_rotate(L, base + 1, 1);
  call(1, multiple);
}

function complain() {
  writeSync(2, `lua5.5: ${textAt(-1)}\n`);
  return false;
}
