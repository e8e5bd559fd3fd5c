import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { lauxlib, lua, openLibraries, toLuaString, toText } from "../../src/engine/fengari/fengari.js";
import {
  withHooksKept,
  withJumpTails,
  withKnownNames,
  withoutDeletions,
  withSmallNumbers,
} from "../../src/engine/fengari/fidelity/modules.js";

const folder = path.dirname(createRequire(import.meta.url).resolve("fengari"));

/** A native of V8, whose syntax has to be allowed before a text that has it is compiled. */
function dictionaryTest(): (array: readonly unknown[]) => boolean {
  setFlagsFromString("--allow-natives-syntax");
  return runInThisContext("(array) => %HasDictionaryElements(array)");
}

test("no module of fengari deletes a slot of a stack", () => {
  const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  const deletions = (text: string) => text.match(/delete [\w.]*stack\[/g)?.length ?? 0;
  const count = (all: readonly string[]) => all.reduce((sum, text) => sum + deletions(text), 0);
  expect(count(texts)).toBe(29);
  expect(count(texts.map(withoutDeletions))).toBe(0);
});

test("the lists of jumps of a function are known by their ends", () => {
  const text = readFileSync(path.join(folder, "lcode.js"), "utf8");
  expect(withJumpTails(text).match(/fs\.tails/g)).toHaveLength(4);
});

test("a name is copied from a text once, however often it is there", () => {
  const text = readFileSync(path.join(folder, "llex.js"), "utf8");
  expect(withKnownNames(text).match(/return known\.key/g)).toHaveLength(1);
});

test("no field of a call is kept as a double", () => {
  const text = readFileSync(path.join(folder, "lstate.js"), "utf8");
  const [, fields = ""] =
    /class CallInfo \{\s*constructor\(\) \{([^}]*)\}/.exec(withSmallNumbers(text)) ?? [];
  expect(fields.match(/= 0;/g)).toHaveLength(6);
  expect(fields).not.toContain("NaN");
});

test("a coroutine that has caught an error has its hook still", () => {
  const text = readFileSync(path.join(folder, "lapi.js"), "utf8");
  expect(withHooksKept(text)).not.toBe(text);
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  const chunk = toLuaString(
    `local lines = 0
    coroutine.wrap(function()
      debug.sethook(function() lines = lines + 1 end, "l")
      pcall(error)
      lines = 0
      lines = lines
      debug.sethook()
    end)()
    return lines`,
  );
  expect(lauxlib.luaL_loadbufferx(L, chunk, chunk.length, chunk, null)).toBe(lua.LUA_OK);
  lua.lua_call(L, 0, 1);
  expect(lua.lua_tonumber(L, -1)).toBe(2);
});

test("names and constants of a text keep their values", () => {
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  const chunk = toLuaString(
    "local x, t = 'x', {x = 'and', ['and'] = 1} local and_ = t.x return x .. t[and_] .. t.x .. 'x' .. [[x]] .. '\\x78'",
  );
  expect(lauxlib.luaL_loadbufferx(L, chunk, chunk.length, chunk, null)).toBe(lua.LUA_OK);
  lua.lua_call(L, 0, 1);
  expect(toText(lua.lua_tolstring(L, -1) ?? new Uint8Array())).toBe("x1andxxx");
});

const deep = "local function f(n) if n > 0 then return 1 + f(n - 1) end return 0 end f(150)";
const calls = "for i = 1, 100 do look() end";

test.for([
  ["a program that was deep", `${deep} ${calls}`],
  ["a program that unpacked many values", `select('#', table.unpack({}, 1, 200)) ${calls}`],
  ["a coroutine that was deep", `coroutine.wrap(function() ${deep} ${calls} end)()`],
] as const)("the stack of %s stays an array", ([_, text]) => {
  const isDictionary = dictionaryTest();
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  const seen: boolean[] = [];
  lua.lua_pushcfunction(L, (state) => {
    seen.push(isDictionary(state.stack));
    return 0;
  });
  lua.lua_setglobal(L, toLuaString("look"));
  const chunk = toLuaString(text);
  expect(lauxlib.luaL_loadbufferx(L, chunk, chunk.length, chunk, null)).toBe(lua.LUA_OK);
  lua.lua_call(L, 0, 0);
  expect(seen).toEqual(Array.from({ length: 100 }, () => false));
});
