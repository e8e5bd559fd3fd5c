import path from "node:path";
import { expect } from "vitest";
import { luas, startLua } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { runNative } from "./native.js";

const module = { "module.lua": "local function fail() return nil + 1 end\nfail()\n" };

const failures: readonly (readonly [what: string, text: string])[] = [
  [
    "nested functions",
    'local function inner() error("boo") end\nlocal function outer() inner() end\nouter()\n',
  ],
  ["arguments", "local a, b = ...\nerror(a .. b)\n"],
  ["a number", "error(12)\n"],
  ["no position", 'error("boo", 0)\n'],
  ["a level", 'local function check() error("boo", 2) end\ncheck()\n'],
  ["a tail call", 'local function fail() error("boo") end\nreturn fail()\n'],
  ["a coroutine", 'coroutine.wrap(function() error("boo") end)()\n'],
  ["a method", "local t = { f = function(self) return self.x.y end }\nt:f()\n"],
  ["deep recursion", "local function f(n) if n == 0 then error('deep') end f(n - 1) return 1 end\nf(5)\n"],
  ["a required module", 'require "module"\n'],
  ["a module that is not there", 'require "no.such.module"\n'],
  ["no Lua", "local = 1\n"],
];

for (const lua of luas) {
  testWith(lua).for(failures)(`${lua} says of a script that fails what it says by itself: %s`, ([, text]) => {
    const folder = makeFolder({ "fail.lua": text, ...module });
    const theirs = startLua(lua, ["fail.lua", "x", "y"], { cwd: folder });
    const ran = runNative(lua, { file: "fail.lua", args: ["x", "y"] }, { cwd: folder });
    const end = ran.news.at(-1)?.event;
    if (end?.kind !== "end" || end.exit.kind !== "failed") throw new Error(JSON.stringify(end));
    const { message, traceback } = end.exit;
    const lines = [`${lua}: ${message}`, traceback].filter((each) => each !== "").join("\n");
    const withoutAddress = (shown: string) => shown.trimEnd().replace(/\b0x[\da-f]+/g, "0x");
    expect(withoutAddress(lines)).toBe(withoutAddress(theirs.stderr));
    expect([ran.code, ran.stderr]).toEqual([1, ""]);
  });

  testWith(lua)(`${lua} shows what an error object holds, and where it was raised`, () => {
    const folder = makeFolder({ "fail.lua": "error { code = 12 }\n" });
    const ran = runNative(lua, { file: path.join(folder, "fail.lua") }, { cwd: folder });
    expect(ran.news.at(-1)?.event).toMatchObject({
      exit: {
        message: "(error object is a table value: { code = 12 })",
        traceback: expect.stringContaining("fail.lua:1: in main chunk"),
      },
    });
  });
}
