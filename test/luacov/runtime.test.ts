import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { judges } from "../source/judge.js";
import { runCli } from "../support/cli.js";
import { coverageIn, linesOf } from "../support/cover.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const shipped = fileURLToPath(new URL("../../src/lua/luacov", import.meta.url));

for (const [version, judge] of judges) {
  test(`Lua ${version} reads every one of LuaCov's modules`, () => {
    for (const name of readdirSync(shipped).filter((each) => each !== "configuration.lua")) {
      expect(judge(readFileSync(path.join(shipped, name), "utf8")), name).toEqual({ ok: true });
    }
  });
}

/** What a program asks of LuaCov. It measures itself up to its shutdown. */
const program = `local runner = require "luacov"
assert(runner == require "luacov.runner" and runner.initialized and not runner.paused)
assert(type(require "luacov.tick") == "table" and runner.tick)
assert(require "luacov.defaults".statsfile == "luacov.stats.out")
local mod = require "src.mod"
assert(mod.first() == 1)
runner.pause()
assert(runner.paused)
assert(mod.first() == 1)
runner.resume()
runner.save_stats()
local co = coroutine.wrap(runner.with_luacov(function(a) return coroutine.yield(a + 1) end))
assert(co(1) == 2 and co(3) == 3)
local configuration = runner.load_config()
assert(configuration == runner.configuration and configuration.savestepsize == 7 and configuration.reportfile)
assert(runner.file_included "src/mod.lua" and runner.file_included "src\\\\mod" and not runner.file_included "other/x.lua")
assert(runner.real_name "/usr/share/lua/pack/a.lua" == "src/pack/a.lua")
assert(runner.real_name "/usr/share/lua/pack.lua" == "src/pack/init.lua")
assert(runner.real_name "other.lua" == "other.lua")
assert(select("#", runner.debug_hook("line", 1)) == 0)
runner.run_report()
require "luacov.reporter".report()
require "luacov.reporter.multiple".report()
local pattern = runner.excludefile "main.lua"
assert(pattern == "^main$" and not runner.file_included "main.lua")
table.remove(configuration.exclude)
local none, message = runner.includefile "not.there"
assert(none == nil and message:find "not.there")
local file, tree = runner.includetree(mod, true)
assert(file == "^src$" and tree == "^src/")
runner()
runner.init { include = { "never" } }
runner.shutdown()
mod.second()
`;

const files = {
  "main.lua": program,
  "src/mod.lua":
    "local M = {}\nfunction M.first()\n  return 1\nend\nfunction M.second()\n  return 2\nend\nreturn M\n",
  ".luacov":
    'savestepsize = 7\ninclude = { "src", "main" }\nmodules = { pack = "src/pack/init.lua", ["pack.*"] = "src" }\n',
};

/** The lines of the program up to its shutdown, and of the module what was called before it. */
function expectMeasured(folder: string): void {
  const coverage = coverageIn(folder);
  const main = linesOf(coverage, "main.lua");
  expect(main.at(-2)).toBe(1);
  expect(main.at(-1)).toBe(0);
  expect(linesOf(coverage, "src/mod.lua").slice(0, 7)).toEqual([1, 1, 2, null, 1, 0, null]);
}

for (const lua of [...luas, "lua5.5"] as const) {
  for (const collector of lua === "lua5.2" || lua === "lua5.3" ? ["probes"] : ["probes", "hook"]) {
    testWith(lua)(`LuaCov's functions do in ${lua} what they do there, with ${collector}`, async () => {
      const folder = makeFolder(files);
      const PATH = `${process.env.PATH}${path.delimiter}${path.join(import.meta.dirname, "../support/lua55")}`;
      const args = ["--reporter", "none", "--collector", collector, "cover", "--", lua, "main.lua"];
      const { code, stderr } = await runCli(folder, args, { PATH });
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: ".luacov (3 keys): include, modules, savestepsize\n",
      });
      expectMeasured(folder);
    });
  }
}

test.for(["fengari", "5.1", "5.4"])(
  "LuaCov's functions do in the embedded Lua %s what they do there",
  async (lua) => {
    const folder = makeFolder(files);
    const { code, stderr } = await runCli(folder, ["--lua", lua, "--reporter", "none", "run", "main.lua"]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: ".luacov (3 keys): include, modules, savestepsize\n",
    });
    expectMeasured(folder);
  },
);

const strict = `setmetatable(_G, {
  __index = function(_, name) error("undeclared " .. name) end,
  __newindex = function(_, name) error("undeclared " .. name) end,
})
require "luacov"
require "luacov.tick"
assert(require "luacov.runner".file_included "x.lua")
`;

for (const lua of ["lua5.1", "lua5.4", "luajit"] as const) {
  testWith(lua)(`LuaCov's modules load in ${lua} under strict globals`, async () => {
    const folder = makeFolder({ "main.lua": strict });
    const { code, stderr } = await runCli(folder, ["--reporter", "none", "cover", "--", lua, "main.lua"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
}

test.for(["fengari", "5.1"])(
  "LuaCov's modules load in the embedded Lua %s under strict globals",
  async (lua) => {
    const folder = makeFolder({ "main.lua": strict });
    const { code, stderr } = await runCli(folder, ["--lua", lua, "--reporter", "none", "run", "main.lua"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  },
);

test.for(["fengari", "5.1", "5.4"])("tests in the embedded Lua %s may require LuaCov", async (lua) => {
  const folder = makeFolder({
    "spec/a_spec.lua":
      'require "luacov"\nit("counts", function() assert.equal(1, require "src.mod".first()) end)\n',
    "test/b.lua": 'require "luacov.tick"\nassert(require "luacov.runner".tick)\nrequire "src.mod".second()\n',
    "src/mod.lua": files["src/mod.lua"],
  });
  const { code, stderr } = await runCli(folder, ["--lua", lua, "--reporter", "none"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(linesOf(coverageIn(folder), "src/mod.lua").slice(0, 7)).toEqual([2, 2, 1, null, 2, 1, null]);
});

const kill = 'os.execute("kill -9 $PPID")';

for (const [name, text, expected] of [
  [
    "save_stats saves what was counted",
    "mod.first() runner.save_stats() mod.second()",
    [1, 1, 1, null, 1, 0, null],
  ],
  [
    "pause does not keep save_stats from it",
    "runner.pause() mod.first() runner.save_stats()",
    [1, 1, 1, null, 1, 0, null],
  ],
] as const) {
  testWith("lua5.4")(`${name}, also of a program that is killed`, async () => {
    const main = `local runner = require "luacov"\nlocal mod = require "src.mod"\n${text}\n${kill}\n`;
    const folder = makeFolder({ "src/mod.lua": files["src/mod.lua"], "main.lua": main });
    await runCli(folder, ["--reporter", "none", "cover", "--", "lua5.4", "main.lua"]);
    expect(linesOf(coverageIn(folder), "src/mod.lua").slice(0, 7)).toEqual(expected);
  });
}

testWith("lua5.4")("what is counted while saving pauses is saved after it", async () => {
  const main = `local runner = require "luacov.runner"
runner.init()
runner.pause()
require "src.mod".first()
`;
  const folder = makeFolder({ "src/mod.lua": files["src/mod.lua"], "main.lua": `${main}${kill}\n` });
  const args = ["--reporter", "none", "--exclude", "main.lua", "cover", "--", "lua5.4"];
  await runCli(folder, [...args, "main.lua"]);
  expect(() => coverageIn(folder)).toThrow("No coverage found");
  const other = makeFolder({ "src/mod.lua": files["src/mod.lua"], "main.lua": main });
  await runCli(other, [...args, "main.lua"]);
  expect(linesOf(coverageIn(other), "src/mod.lua")[2]).toBe(1);
});

testWith("lua5.1")("a program's own configuration chooses among the sources", async () => {
  const folder = makeFolder({
    "src/a.lua": "return 1\n",
    "src/b.lua": "return 2\n",
    "src/c.lua": "return 3\n",
    "main.lua": `local runner = require "luacov.runner"
runner.init { exclude = { "a$" } }
runner.excludefile "./src/b.lua"
require "src.a" require "src.b" require "src.c"
`,
  });
  await runCli(folder, ["--reporter", "none", "cover", "--", "lua5.1", "main.lua"]);
  expect(Object.keys(coverageIn(folder))).toEqual(["main.lua", "src/c.lua"]);
});

testWith("lua5.4").for(["lua5.4", "fengari"] as const)(
  "LuaCov's modules take the place of installed ones in %s",
  async (lua) => {
    const installed = makeFolder({
      "luacov.lua": 'error "installed"',
      "luacov/runner.lua": 'error "installed"',
    });
    const project = {
      "main.lua": 'print(require "luacov".version, require "luacov.runner".version)\n',
      "own.lua": 'package.path = "src/?.lua;" .. package.path\nprint((require "luacov.runner"))\n',
      "src/luacov/runner.lua": 'return "the project\'s"\n',
    };
    const folder = makeFolder(project);
    const LUA_PATH = `${installed}/?.lua;;`;
    const run = (file: string) =>
      runCli(folder, ["--lua", lua, "--reporter", "none", "run", file], { LUA_PATH });
    expect((await run("main.lua")).stdout).toBe("0.17.0\t0.17.0\n");
    expect((await run("own.lua")).stdout).toBe("the project's\n");
  },
);

testWith("lua5.4").for(["lua5.4", "5.4"] as const)(
  "where nothing is measured in %s, an installed LuaCov is what a program gets, and ours where there is none",
  async (lua) => {
    const installed = makeFolder({ "luacov.lua": 'return "installed"' });
    const folder = makeFolder({
      "main.lua": 'local found = require "luacov"\nprint(found.version or found)\n',
    });
    const run = (environment: Readonly<Record<string, string>>) =>
      runCli(folder, ["--lua", lua, "--no-coverage", "run", "main.lua"], environment);
    expect((await run({ LUA_PATH: `${installed}/?.lua;;` })).stdout).toBe("installed\n");
    expect((await run({ LUA_PATH: "./?.lua" })).stdout).toBe("0.17.0\n");
  },
);
