import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { luaModules } from "../../src/harness/plan/modules/projectModules.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** A library as LuaRocks installs it: the names of its modules are not those of its files. */
const library = {
  "foo-1.0-1.rockspec": `package = "foo"
build = {
  type = "builtin",
  modules = { ["foo"] = "src/init.lua", ["foo.bar"] = "src/bar.lua", ["foo.core"] = "src/core.c" },
  install = { lua = { ["foo.more"] = "src/other.lua" } },
}`,
  "src/init.lua": 'return { bar = require "foo.bar", more = require "foo.more" }',
  "src/bar.lua": "return 7",
  "src/other.lua": "return 8",
  // What an older version has installed.
  ...Object.fromEntries(
    ["5.1", "5.3", "5.4"].map((version) => [`lua_modules/share/lua/${version}/foo.lua`, "return {}"]),
  ),
};
const spec = `it("a", function()
  assert.same({ bar = 7, more = 8 }, require "foo")
  assert.equal(require "foo", require "foo")
end)`;
const sources = ["src/bar.lua", "src/init.lua", "src/other.lua"];

async function covered(folder: string, args: readonly string[], environment = {}) {
  const run = await runCli(folder, [...args, "--reporter", "text-lcov"], environment);
  const names = Array.from(run.stdout.matchAll(/^SF:(.*)$/gm), ([, name]) => name);
  const hits = Array.from(run.stdout.matchAll(/^LH:(.*)$/gm), ([, count]) => Number(count));
  return { code: run.code, stderr: run.stderr, names: names.filter((_, index) => (hits[index] ?? 0) > 0) };
}

const all = { code: 0, stderr: "", names: sources };

const embedded = [
  ["specs in fengari", { "spec/a_spec.lua": spec }, []],
  ["specs in Lua 5.1", { "spec/a_spec.lua": spec }, ["--lua", "5.1"]],
  ["specs in Lua 5.4", { "spec/a_spec.lua": spec }, ["--lua", "5.4"]],
  ["a script", { "test/a.lua": 'assert(require("foo").more == 8)' }, []],
  [
    "a program",
    { "main.lua": 'assert(require("foo.bar") + require("foo.more") == 15)' },
    ["run", "main.lua"],
  ],
  [
    "a program that a test starts",
    {
      "test/a.lua": "assert(os.execute(arg[-1] .. ' main.lua'))",
      "main.lua": 'assert(require("foo").bar == 7)',
    },
    ["--include", "src/**"],
  ],
] as const;

test.for(embedded)("modules of a rockspec are found, in %s", async ([what, files, args]) => {
  const folder = makeFolder({ ...library, ...files });
  const { names, ...end } = await covered(folder, args);
  expect(end).toEqual({ code: 0, stderr: "" });
  const some = what === "a program" ? ["main.lua", "src/bar.lua", "src/other.lua"] : sources;
  expect(names.toSorted()).toEqual(some);
});

testWith("lua5.1")("modules of a rockspec are found in a Lua of the user's that is 5.1", async () => {
  expect(await covered(makeFolder({ ...library, "spec/a_spec.lua": spec }), ["--lua", "lua5.1"])).toEqual(
    all,
  );
});

testWith("lua5.4")("modules of a rockspec are found in a Lua of the user's that is 5.4", async () => {
  expect(await covered(makeFolder({ ...library, "spec/a_spec.lua": spec }), ["--lua", "lua5.4"])).toEqual(
    all,
  );
});

testWith("nvim")("modules of a rockspec are found in Neovim", async () => {
  expect(await covered(makeFolder({ ...library, "spec/a_spec.lua": spec }), ["--lua", "nvim"])).toEqual(all);
});

testWith("lua5.3", "busted")("modules of a rockspec are found under busted", async () => {
  const folder = makeFolder({ ...library, "spec/a_spec.lua": spec });
  expect(await covered(folder, ["--framework", "busted", "--lua", "lua5.3"])).toEqual(all);
});

test("doctor and init agree with that", async () => {
  const folder = makeFolder({ ...library, "spec/a_spec.lua": spec });
  expect((await runCli(folder, ["init"])).stdout).toContain("The project needs no configuration");
  const { code, stdout } = await runCli(folder, ["doctor"]);
  expect([code, stdout.includes("Nothing to mend")]).toEqual([0, true]);
});

/** Its root module is `luassert`, as which what it installs as `luassert.init` is found. */
const luassert = {
  "luassert-1-1.rockspec": `build = { modules = { ["luassert.init"] = "src/init.lua", ${[
    ...["assert", "spy", "mock", "stub", "match"].map((name) => `["luassert.${name}"] = "src/${name}.lua"`),
  ].join(", ")} } }`,
  "src/init.lua": 'return require "luassert.assert"',
  "src/assert.lua": `return setmetatable({ is_true = function() end, same = function() error "the project's own" end },
    { __call = function(_, ...) return ... end })`,
  ...Object.fromEntries(["spy", "mock", "stub", "match"].map((name) => [`src/${name}.lua`, "return {}"])),
  "spec/a_spec.lua": 'it("a", function() assert.same(1, 1) end)',
};

test("assertions that are the project itself take the place of ours", async () => {
  const { code, stdout } = await runCli(makeFolder(luassert), ["--reporter", "text-lcov"]);
  expect(code).toBe(1);
  expect(stdout).toContain("./src/assert.lua:1: the project's own");
  expect(stdout).toContain("SF:src/init.lua");
});

test("lua-path says otherwise than a rockspec", async () => {
  const folder = makeFolder({
    ...library,
    "built/foo/bar.lua": "return 'built'",
    "test/a.lua": 'assert(require "foo.bar" == "built")',
  });
  expect((await runCli(folder, ["--lua-path", "built/?.lua", "--no-coverage"])).code).toBe(0);
});

test("a module of a rockspec that does not compile is named as Lua names one", async () => {
  const folder = makeFolder({ ...library, "src/bar.lua": "return 7 7", "test/a.lua": 'require "foo.bar"' });
  for (const lua of ["fengari", "5.1"]) {
    const { stdout } = await runCli(folder, ["--lua", lua, "--no-coverage"]);
    expect(stdout).toMatch(
      /error loading module 'foo\.bar' from file '\.\/src\/bar\.lua':\n\s*\.\/src\/bar\.lua:1: .*expected near '7'/,
    );
  }
});

test("a rockspec that has changed is another configuration", async () => {
  const folder = makeFolder({ ...library, "spec/a_spec.lua": spec });
  await runCli(folder, ["--changed"]);
  expect((await runCli(folder, ["--changed"])).stderr).toContain("0 of 1 test file");
  appendFileSync(path.join(folder, "foo-1.0-1.rockspec"), "\n-- another\n");
  expect((await runCli(folder, ["--changed"])).stderr).toContain("1 of 1 test file");
});

test("a rockspec that cannot be read is a warning, and takes no test with it", async () => {
  const folder = makeFolder({ "test/a.lua": "", "a-1.rockspec": "a = = 1" });
  const { code, stderr } = await runCli(folder, ["--no-coverage"]);
  expect([code, stderr]).toEqual([
    0,
    "WARNING: a-1.rockspec cannot be read: line 1: unexpected symbol near '='; its modules are found only where package.path leads to them\n",
  ]);
});

test("mutants of modules of a rockspec are found out", async () => {
  const folder = makeFolder({ ...library, "spec/a_spec.lua": spec });
  writeFileSync(path.join(folder, "src/bar.lua"), "return 3 + 4\n");
  renameSync(path.join(folder, "lua_modules"), path.join(folder, "others"));
  const { stdout } = await runCli(folder, ["mutate", "src/bar.lua"]);
  expect(stdout).toMatch(/src\/bar\.lua\s+100\.00/);
});

test("what counts of a rockspec's modules", () => {
  const modules = { "a.init": "a.lua", b: "src/init.lua", c: "c.c", d: "../d.lua", e: "/e.lua" };
  expect(luaModules(modules)).toEqual({
    a: "a.lua",
    "a.init": "a.lua",
    b: "src/init.lua",
    "b.init": "src/init.lua",
  });
});
