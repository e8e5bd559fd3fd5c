import { chmodSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { type Script, transcripts } from "./session.js";
import { debugBy } from "./terminal/session.js";

/**
 * Most of a debugger is loaded when a program first stops. By then a program may have changed all that a debugger is made of: it is to be
 * shown as one that has changed nothing, line by line.
 */
const program = (wreck: string) => `local dbg = require "luacov-ts.dbg"
local value = { name = "a\\nb", list = { 1, 2, 3 } }
local thread = coroutine.create(function() local inner = 1 coroutine.yield(inner) end)
coroutine.resume(thread)
do local next, type, setmetatable, rawset = next, type, setmetatable, rawset ${wreck} end
local function area(width, height)
  local product = width * height
  return product
end
local function stop(n)
  dbg()
  local result = area(n, 2)
  return result
end
local result = stop(3)
local nothing = result.field.other
`;

const libraries = "{ string, table, math, coroutine, debug, io, os }";

/** What a program may do to its surroundings. */
const wrecks = {
  "libraries are emptied": `for _, each in next, ${libraries} do
    for name in next, each do if name ~= "luacov_ts" then each[name] = nil end end
  end`,
  "globals are gone": `local globals = _G
  for name in next, globals do rawset(globals, name, nil) end`,
  "functions are others": `local function other() local nothing = nil; return nothing.field end
  for _, each in next, { _G, string, table, math, coroutine, debug, io, os } do
    for name, fn in next, each do if type(fn) == "function" and name ~= "luacov_ts" then each[name] = other end end
  end`,
  "globals are strict": `local error = error
  setmetatable(_G, {
    __index = function(_, name) error("no variable " .. name) end, __newindex = function(_, name) error("no variable " .. name) end,
  })`,
  "files have no methods": `local methods = debug.getmetatable(io.stdout)
  methods = type(methods.__index) == "table" and methods.__index or methods
  for name in next, methods do if name ~= "__gc" and name ~= "__name" then methods[name] = nil end end`,
  "the environment is another one": "if setfenv then setfenv(0, {}) setfenv(1, {}) end local _ENV = {}",
  "memory is not collected": 'collectgarbage "stop"',
} as const;

const commands = [
  "errors uncaught",
  "c",
  "stack",
  "locals",
  "upvalues",
  "p n, area",
  "threads",
  "complete wi",
  "b 8",
  "up",
  "complete sto",
  "locals",
  "p value, value.name",
  "c",
  "stack",
  "p product",
  "c",
  "locals",
  "c",
];

const named = (name: string, wreck: string): readonly [string, Script] => [
  name,
  { lua: program(wreck.replaceAll("\n", " ")), commands },
];

async function saidOf(lua: string, scripts: readonly (readonly [string, Script])[]) {
  const said = await transcripts(lua, Object.fromEntries(scripts));
  // Where a function of ours is from is a matter of time.
  const plain = (text: string) => text.replaceAll(/^dbg = .*$/gm, "dbg = function");
  return Object.entries(said).map(([name, text]) => [name, plain(text.replaceAll(name, "program"))] as const);
}

async function expectNoDifference(lua: string): Promise<void> {
  const scripts = Object.entries(wrecks).map(([name, wreck]) => named(name.replaceAll(" ", "_"), wreck));
  const [plain, ...others] = await saidOf(lua, [named("plain", ""), ...scripts]);
  expect(plain?.[1]).toContain("dbg program.lua:11 function 'stop'");
  expect(plain?.[1]).toContain("breakpoint program.lua:8 function 'area'");
  expect(plain?.[1]).toContain("error program.lua:16 main chunk");
  for (const [name, text] of others) expect({ [name]: text }).toEqual({ [name]: plain?.[1] });
}

for (const engine of engines) {
  testWith(...toolsOf(engine))(
    `${engine}: a program that has changed its surroundings is shown as any other`,
    () => expectNoDifference(engine),
    60_000,
  );
}

testWith("nvim")("and so it is in Neovim", () => expectNoDifference("nvim"), 60_000);

const withoutFiles = {
  "has as many files open as it may":
    "local files = {} for index = 1, 200 do files[index] = io.open(arg[0]) end",
  "has removed all temporary files": `os.execute 'rm -rf "$(dirname "$LUACOV_TS_FOLDER")"'`,
} as const;

/** A debugger has been read before it is loaded. */
for (const lua of ["lua5.1", "lua5.4", "luajit"] as const) {
  testWith(lua, "bash").for(Object.entries(withoutFiles))(
    `${lua}: a program is shown that %s`,
    ([, line]) => {
      const text = [line, "local last = { 1 }", "local nothing = last.field.other"];
      const few = '#!/usr/bin/env bash\nulimit -n 40\nexec "$LUA" "$@"\n';
      const folder = makeFolder({ "lua.sh": few, "test/9.lua": text.join("\n") });
      chmodSync(path.join(folder, "lua.sh"), 0o755);
      const args = ["--break-on-failure", "--lua", "./lua.sh", "test"];
      const { output } = debugBy(folder, args, ["p last", "bt", "c"], { LUA: toolPath(lua) });
      expect(output).toContain("Error at test/9.lua:3 in main chunk");
      expect(output).toContain("debug> p last\n{1}\ndebug> bt\n=> 1 test/9.lua:3 in main chunk");
    },
  );
}
