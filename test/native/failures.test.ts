import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";
import { type DebianLua, debianPaths, luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { runNative } from "./native.js";

/** Programs that fail, beside a module `m` that does. */
const programs = {
  "an error in the main chunk": "error 'here'",
  "an error without a place": "error('here', 0)",
  "an error at the caller's": "local function f() error('here', 2) end\nf()",
  "an error in a function": "local function f() error 'here' end\nlocal function g() f() end\ng()",
  "an error in a global function": "function f() local x = nil + 1 end\nf()",
  "an error in a method": "local t = {}\nfunction t:m() error 'here' end\nt:m()",
  "an error behind a tail call":
    "local function f() error 'here' end\nlocal function g() return f() end\ng()",
  "a tail call of the main chunk": "local function f() error 'here' end\nreturn f()",
  "an error in a callback": "table.sort({ 1, 2, 3 }, function() error 'here' end)",
  "an error in a coroutine": "coroutine.wrap(function() error 'here' end)()",
  "an error in a module": "require 'm'",
  "a missing module": "pcall(require, 'm') require 'no.such'",
  "a program that does not compile": "local x <",
  "an error in a metamethod": "return setmetatable({}, { __add = function() error 'here' end }) + 1",
  "an error in a loop": "for _ = 1, 3 do\n  local t\n  t.x = 1\nend",
  "an error that is a number": "error(42)",
} as const;

for (const lua of luas) {
  testWith(lua).for(Object.entries(programs))(`%s reads as under ${lua}`, ([, text]) => {
    const folder = makeFolder({ "main.lua": text, "m.lua": "local function f() error 'inside' end\nf()" });
    const { news } = runNative(lua, { file: "main.lua" }, { cwd: folder });
    const event = news.at(-1)?.event;
    if (event?.kind !== "end" || event.exit.kind !== "failed") throw new Error("it did not fail");
    const { message, traceback } = event.exit;
    expect(comparable(`${message}\n${traceback}`)).toBe(comparable(underLua(lua, folder)));
  });
}

/** What lua.c says, behind its own name. */
function underLua(lua: DebianLua, folder: string): string {
  const env = { ...process.env, ...debianPaths(lua) };
  const { stderr } = spawnSync(toolPath(lua), ["main.lua"], {
    argv0: lua,
    cwd: folder,
    encoding: "utf8",
    env,
  });
  return stderr.slice(`${path.basename(lua)}: `.length);
}

/** LuaJIT shows addresses. */
function comparable(text: string): string {
  return text.trimEnd().replace(/0x[0-9a-f]+/g, "0x…");
}
