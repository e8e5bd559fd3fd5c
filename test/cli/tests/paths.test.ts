import { symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testUnless } from "../../support/luaDifferences.js";

/** Reports how often each line ran, one record for each file. */
const records = ["--reporter", "text-lcov"];

testUnless("what 5.3 takes")(
  "a module is found from the root, by --lua-path, LUA_PATH and LUA_PATH_5_3",
  async () => {
    const folder = makeFolder({
      "src/m.lua": "return 'root'",
      "lib/only.lua": "return 'lib'",
      "lib/deep/init.lua": "return 'deep'",
      "a.lua": 'print(require "src.m", (pcall(require, "only")))',
      "b.lua": 'print(require "only", require "deep")',
    });
    const quiet = ["--reporter", "none"];
    const [plain, flag, environment, newer] = await Promise.all([
      runCli(folder, ["a.lua", ...quiet]),
      runCli(folder, ["b.lua", ...quiet, "--lua-path", "lib/?.lua;lib/?/init.lua"]),
      runCli(folder, ["b.lua", ...quiet], { LUA_PATH: "lib/?.lua;lib/?/init.lua;;" }),
      runCli(folder, ["b.lua", ...quiet], { LUA_PATH: "no/?.lua", LUA_PATH_5_3: "lib/?.lua;lib/?/init.lua" }),
    ]);
    expect(plain.stdout).toMatch(/^root\tfalse\n✔ a\.lua/);
    for (const { stdout } of [flag, environment, newer]) expect(stdout).toMatch(/^lib\tdeep\n✔ b\.lua/);
  },
);

test("the root need not be the current folder; files are named from here, reports from there", async () => {
  const folder = makeFolder({
    "project/src/m.lua": "return 1",
    "project/.nycrc.json": '{ "lua-path": "src/?.lua" }',
    "elsewhere/test/a.lua": 'assert(require "src.m" == require "m")',
  });
  const { code, stdout } = await runCli(path.join(folder, "elsewhere"), [
    "test",
    "--cwd",
    "../project",
    ...records,
  ]);
  expect(stdout).toContain("✔ test/a.lua (N ms)\n");
  expect(stdout).toContain("SF:src/m.lua\nFNF:0\nFNH:0\nDA:1,2\n");
  expect(code).toBe(0);
});

test("a.lua, ./a.lua, its absolute path and a link to it are one file, whose loads and tests add up", async () => {
  const folder = makeFolder({
    "m.lua": "local x = 1\nreturn x",
    "test/1.lua": 'dofile("m.lua") dofile("./m.lua") dofile("test/../m.lua")',
    "test/2.lua": 'dofile("link.lua") require "m" assert(loadfile(arg[1]))()',
  });
  symlinkSync("m.lua", path.join(folder, "link.lua"));
  const { stdout } = await runCli(folder, ["test", ...records, "--all", "--", path.join(folder, "m.lua")]);
  expect(stdout.match(/^SF:.*$/gm)).toEqual(["SF:m.lua"]);
  expect(stdout).toContain("DA:1,6\nDA:2,6\n");
});

test("a test file named in several ways runs once; links, folders, globs and takings-out are understood", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "test/we[i]rd.lua": 'require "m"',
    "test/{a,b}.lua": "",
    "test/a.lua": "",
    "test/back\\slash.lua": "",
    "test/deep/b.lua": "",
    "test/lua_modules/dep/test.lua": "",
    "test/notes.txt": "",
  });
  symlinkSync("a.lua", path.join(folder, "test/link.lua"));
  const ran = async (...patterns: string[]) => {
    const { stdout } = await runCli(folder, [...patterns, "--reporter", "none"]);
    return Array.from(stdout.matchAll(/^✔ (.*) \(N ms\)$/gm), (match) => match[1]);
  };
  const [all, weird, braces, mixed, dependency, taken] = await Promise.all([
    ran("test"),
    ran("test/we[i]rd.lua"),
    ran("test/{a,b}.lua"),
    ran("test/a.lua", "./test/a.lua", path.join(folder, "test/a.lua"), "test/link.lua", "test/?.lua"),
    ran("test/lua_modules/dep/test.lua"),
    ran("test/**/*.lua", "!test/deep", "!**/*[[]*", "!./test/{a,link}.lua"),
  ]);
  expect(all).toEqual([
    "test/a.lua",
    "test/back\\slash.lua",
    "test/deep/b.lua",
    "test/we[i]rd.lua",
    "test/{a,b}.lua",
  ]);
  expect(weird).toEqual(["test/we[i]rd.lua"]);
  expect(braces).toEqual(["test/{a,b}.lua"]);
  expect(mixed).toEqual(["test/a.lua"]);
  expect(dependency).toEqual(["test/lua_modules/dep/test.lua"]);
  expect(taken).toEqual(["test/back\\slash.lua", "test/{a,b}.lua"]);
});

test("arg and ... hold what follows --, flags and all", async () => {
  const folder = makeFolder({
    "m.lua": "return 1",
    "test/a.lua": 'require "m" print(arg[0], #arg, arg[1], arg[2], arg[3], arg[-2]) print(...)',
  });
  const [some, none] = await Promise.all([
    runCli(folder, ["test/a.lua", "--reporter", "none", "--", "--all", "", "ü --"]),
    runCli(folder, ["test/a.lua", "--reporter", "none", "--"]),
  ]);
  expect(some.stdout).toMatch(/^test\/a\.lua\t3\t--all\t\tü --\tnil\n--all\t\tü --\n✔/);
  expect(none.stdout).toMatch(/^test\/a\.lua\t0\tnil\tnil\tnil\tnil\n\n✔/);
});

testUnless("names of chunks that are no files")(
  "--debug-files says for every file whether it is measured, and why",
  async () => {
    const folder = makeFolder({
      "project/src/m.lua": "return 1",
      "project/src/skip.lua": "return 1",
      "project/src/never.lua": "return 1",
      "project/src/data.txt": "return 1",
      "project/lua_modules/dep.lua": "return 1",
      "project/test/a.lua": `require "src.m" require "src.skip" require "lua_modules.dep"
      dofile("src/data.txt") dofile("../outside.lua") load("return 1", "@no/such.lua")() load("return 1", "=text")()`,
      "outside.lua": "return 1",
    });
    const root = path.join(folder, "project");
    const { code, stderr } = await runCli(root, [
      "--debug-files",
      "--all",
      "--exclude",
      "src/skip.lua",
      "--reporter",
      "none",
    ]);
    expect(stderr).toBe(`not measured  ../outside.lua: outside the project root <folder>
not measured  lua_modules/dep.lua: excluded by **/lua_modules/**
not measured  no/such.lua: a chunk name that is no file
not measured  src/data.txt: no extension of .lua
measured      src/m.lua: under the project root
measured      src/never.lua: under the project root
not measured  src/skip.lua: excluded by src/skip.lua
not measured  test/a.lua: a test file of this run

`);
    expect(code).toBe(0);
  },
);
