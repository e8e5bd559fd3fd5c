import { existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { type Files, makeProject } from "../support/project.js";
import { refuse, runRefused } from "../support/refusing.js";
import { testWith, toolPath } from "../support/tools.js";
import { kinds } from "./kinds.js";

const nowhere = { PATH: "/nowhere" };
const written = "luacov-ts.config.jsonc";
const script: Files = { "src/util.lua": "return 1\n", "test/a.lua": 'local util = require "util"\n' };

/** What is to be done, on one line. */
function todo(screen: string): string {
  const [, found = ""] = screen.split(/^To do(?: besides)?:$/m);
  return found.replace(/\s+/g, " ").trim();
}

test.for([
  ["of ours", { [written]: '{ "all": true }' }, `${written} is there, and stays as it is.`],
  [
    "in package.json",
    { "package.json": { "luacov-ts": { all: true } } },
    "package.json (luacov-ts) is there",
  ],
  ["of nyc's for Lua", { ".nycrc.json": { all: true } }, ".nycrc.json is there, and stays as it is."],
] as const)("init changes no configuration %s, and says what it lacks", async ([, files, sentence]) => {
  const folder = makeProject({ ...script, ...files });
  const { code, stdout } = await runCli(folder, ["init"], nowhere);
  expect(code).toBe(1);
  expect(stdout).toContain(sentence);
  expect(stdout).toContain('  // require "util" means src/util.lua.\n  "luaPath": ["src/?.lua"]\n');
  const [[name, content] = ["", ""]] = Object.entries<unknown>(files);
  expect(readFileSync(path.join(folder, name), "utf8")).toBe(
    typeof content === "string" ? content : JSON.stringify(content),
  );
  expect(existsSync(path.join(folder, written))).toBe(name === written);
  const doctor = await runCli(folder, ["doctor"], nowhere);
  expect(todo(doctor.stdout)).toMatch(/^1\. Add to .*: - require "util" .* "luaPath": \["src\/\?\.lua"\]$/);
});

test("init --dry-run shows the file and writes none; the schema is named where it is", async () => {
  const folder = makeProject({ ...script, "node_modules/luacov-ts/dist/schema.json": {} });
  const shown = await runCli(folder, ["init", "--dry-run"], nowhere);
  expect([shown.code, existsSync(path.join(folder, written))]).toEqual([0, false]);
  expect(shown.stdout).toContain(`Would write ${written}:`);
  const { stdout } = await runCli(folder, ["init"], nowhere);
  const text = readFileSync(path.join(folder, written), "utf8");
  expect(text).toMatch(/^\{\n {2}"\$schema": "\.\/node_modules\/luacov-ts\/dist\/schema\.json",\n {2}\/\/ /);
  for (const each of [shown.stdout, stdout]) expect(each).toContain(text);
});

test("init does not write where the name is taken", async () => {
  const folder = makeProject(script);
  symlinkSync("nowhere", path.join(folder, written));
  const { code, stderr } = await runCli(folder, ["init"], nowhere);
  expect([code, stderr]).toEqual([
    2,
    `ERROR: Cannot read the configuration <folder>/${written}: it is a link to nothing\n`,
  ]);
});

const requiresM = 'it("a", function() require "m" end)';

/** Projects, and what is to be done there; the Luas are those in the package alone. */
const advised: readonly (readonly [what: string, files: Files, expected: string])[] = [
  [
    "a rock that is not installed",
    {
      "a-1.0-1.rockspec": 'dependencies = { "lua >= 5.1", "lua-frobnicate" }',
      "spec/a_spec.lua": 'local all = require "frobnicate.all"',
    },
    "1. fengari does not find 1 module: frobnicate.all (for spec/a_spec.lua). luarocks --lua-version 5.3 install --tree lua_modules lua-frobnicate",
  ],
  [
    "a module that nobody knows",
    { "spec/a_spec.lua": 'local a = require "nobody.knows"' },
    "1. fengari does not find 1 module: nobody.knows (for spec/a_spec.lua). Install what has it into lua_modules, or say in luaPath where it is.",
  ],
  [
    "a test for LÖVE",
    { "tests/a.lua": "love.graphics.print(1)" },
    "1. tests/a.lua needs LÖVE (love in tests/a.lua): have the test make the table love that it needs, or measure the game as it runs: luacov-ts cover -- love .",
  ],
  [
    "a source that keeps what only OpenResty has in a local",
    {
      "src/a.lua": "local ngx = ngx return { f = function() return ngx.now() end }",
      "spec/a_spec.lua": 'local a = require "a" it("b")',
    },
    "1. Write a configuration: - spec/a_spec.lua may need OpenResty (ngx in src/a.lua), which fengari does not have. resty is not on this machine. luacov-ts init 2. The tests are to run in resty, which is not on this machine.",
  ],
  [
    "a test that requires OpenResty itself",
    { "spec/a_spec.lua": 'local ngx = require "ngx" it("b")' },
    "1. Write a configuration: - spec/a_spec.lua needs OpenResty (ngx in spec/a_spec.lua), which fengari does not have.",
  ],
  [
    "a test for another Lua by its syntax",
    { "spec/a_spec.lua": "local a <const> = 1 it('a', function() end)" },
    "1. Write a configuration: - fengari does not read what the tests load. luacov-ts init",
  ],
  [
    "a test for Lua 5.1",
    { "src/a.lua": "return setfenv(1, {})", "spec/a_spec.lua": 'local a = require "a" it("b")' },
    "1. Write a configuration: - spec/a_spec.lua needs what Lua 5.1 had (setfenv in src/a.lua), which fengari does not have. luacov-ts init",
  ],
  [
    "tests that want two Luas",
    { "spec/a_spec.lua": "vim.cmd 'x'", "spec/b_spec.lua": "ngx.say 'x'" },
    "1. spec/a_spec.lua needs Neovim (vim in spec/a_spec.lua): install a Lua that has it, such as nvim. 2. spec/b_spec.lua needs OpenResty (ngx in spec/b_spec.lua): install a Lua that has it, such as resty.",
  ],
  [
    "modules in C that nobody has installed",
    {
      "a-1.0-1.rockspec": "build = { modules = { ['a.core'] = 'core.c' } }",
      "spec/a_spec.lua": 'local core = require "a.core"',
    },
    "1. Write a configuration: - spec/a_spec.lua needs a module in C (a.core in spec/a_spec.lua), which fengari does not have. lua5.3 is not on this machine. luacov-ts init 2. The tests are to run in lua5.3, which is not on this machine.",
  ],
  [
    "a rock that is installed for another Lua",
    {
      "lua_modules/share/lua/5.4/frobnicate.lua": "return 1",
      "spec/a_spec.lua": 'local frobnicate = require "frobnicate"',
    },
    "1. Write a configuration: - the embedded Lua 5.4 finds frobnicate, fengari does not. luacov-ts init",
  ],
  [
    "tests for nginx",
    { "lib/a.lua": "return 1", "t/a.t": "use Test::Nginx::Socket;" },
    "luacov-ts cover -- prove -r t",
  ],
  [
    "a source without a test",
    { "src/a.lua": "return 1" },
    `1. There is no test yet. Begin with one: mkdir -p spec echo 'it("loads", function() require "src.a" end)' > spec/a_spec.lua luacov-ts`,
  ],
  [
    "specs in MoonScript",
    {
      "src/a.moon": "",
      "spec/b/a_spec.moon": "",
      "other/c_spec.moon": "",
      "spec/d_spec.moon": "",
      "spec/d_spec.lua": "",
      "spec/e.lua": "",
    },
    "1. other/c_spec.moon, spec/b/a_spec.moon are in MoonScript, which runs here once they are compiled: moonc other spec luacov-ts",
  ],
  [
    "tests that are called so elsewhere",
    {
      "src/a.lua": "return 1",
      "src/test.lua": "return {}",
      "t/test.lua": "require 'src.a'",
      "t/more-tests.lua": "",
    },
    "1. Write a configuration: - Tests are not in test, tests or spec, but there. luacov-ts init",
  ],
  [
    "a module that a test keeps in a global",
    { "lib/a.lua": "return 1", "test/a.lua": 'function setup() a = require "a" end' },
    '1. Write a configuration: - require "a" means lib/a.lua. luacov-ts init',
  ],
  [
    "tests that are to run in their own folder",
    {
      "sum.lua": "return 1",
      "test/a.lua": 'assert(loadfile "../sum.lua")()',
      "test/b c.lua": 'assert(io.open "data.txt")',
      "test/data.txt": "1",
    },
    "1. test/a.lua opens ../sum.lua, which is there only where test is the current folder: run it in that: cd test && luacov-ts --cwd .. a.lua 'b c.lua'",
  ],
  [
    "a rockspec that is none",
    { "a-1.rockspec": "a = = 1", "test/a.lua": "" },
    "1. a-1.rockspec cannot be read: line 1: unexpected symbol near '='",
  ],
  [
    "a configuration that is none",
    { [written]: '{ "luPath": "x" }', "test/a.lua": "" },
    `1. Unknown key "luPath" in <folder>/${written};`,
  ],
  [
    "a Lua that is not there",
    { [written]: '{ "lua": "lua5.9" }', "test/a.lua": "" },
    "1. The tests are to run in lua5.9, which is not there: there is no such command.",
  ],
  [
    "sources that the configuration leaves out",
    { [written]: '{ "include": ["lib/**"] }', "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    "1. Nothing would be measured, so that a run fails: src/m.lua is left out (matched by no include pattern). Change include or exclude, or run the tests alone, by --no-coverage.",
  ],
  [
    "tests of nothing",
    { "spec/a_spec.lua": 'it("a", function() end)' },
    "1. Nothing would be measured, so that a run fails: there is no Lua file beside the tests. Let them load what they test, or run them alone, by --no-coverage.",
  ],
  [
    "a helper that is not there",
    { [written]: '{ "helper": "nope.lua" }', "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    '1. The helper "nope.lua" is neither a file in the project root nor a module that fengari finds: write what it is called, or leave it out.',
  ],
  [
    "a reporter that is none",
    { [written]: '{ "reporter": ["txt"] }', "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    '1. Unknown reporter "txt" (text?), which is no module of the project either;',
  ],
  [
    "a test reporter that is none",
    { [written]: '{ "testReporter": ["tapp"] }', "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    '1. Unknown test reporter "tapp" (tap?): it is no file of the project,',
  ],
  [
    "a filter that is no pattern",
    { [written]: '{ "filter": ["%"] }', "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    "1. \"%\" cannot be used as a Lua pattern: malformed pattern (ends with '%')",
  ],
  [
    "a spec with a syntax error",
    { "src/m.lua": "return 1", "spec/a_spec.lua": requiresM, "spec/b_spec.lua": '\nit("b" function() end)' },
    "1. spec/b_spec.lua has a syntax error in line 2, ')' expected near 'function'.",
  ],
  [
    "a .luacov that is none",
    { ".luacov": "return {", "src/m.lua": "return 1", "spec/a_spec.lua": requiresM },
    "1. .luacov counts but for: ",
  ],
  [
    "a framework that is not there",
    { [written]: '{ "framework": "luaunit", "lua": "5.5" }', "test/a.lua": "" },
    "1. the embedded Lua 5.5 finds no luaunit of 3.2 or later, which is to run the tests, in",
  ],
];

test.for(advised)("doctor and %s", async ([, files, expected]) => {
  const { code, stdout, stderr } = await runCli(makeProject(files), ["doctor"], nowhere);
  expect([code, stderr]).toEqual([1, ""]);
  expect(todo(stdout)).toContain(expected);
});

/** Projects in which nothing is to be done. */
const settled: Readonly<Record<string, Files>> = {
  "a module that a test makes itself": {
    "spec/a_spec.lua": 'package.loaded["b.c"] = {} local b = require "b.c"',
  },
  "a mock of a host": {
    "src/a.lua": "return { f = function() return ngx.now() end }",
    "spec/a_spec.lua": '_G.ngx = { now = os.time } local a = require "a" it("b")',
  },
  "a module that may be missing": {
    "spec/a_spec.lua": 'local ok, ffi = pcall(require, "ffi") if ok then require "bit" end',
  },
  "a path that a test sets": {
    "code/a.lua": "return 1",
    "test/a.lua": 'package.path = "code/?.lua;" .. package.path local a = require "a"',
  },
  "a module that a rockspec installs under another name": {
    "a-1.rockspec": 'build = { modules = { ["a.b"] = "a/b.lua" } }',
    "a/b.lua": 'return function() return require "b" end',
    "spec/a_spec.lua": 'local a = require "a.b"',
  },
  "a function that nobody may call": {
    "src/a.lua": "return { f = function() return unpack {} end }",
    "spec/a_spec.lua": 'local a = require "a" it("b")',
  },
  "a test that tries several names": {
    "test/a.lua": 'local file = io.open "data.txt" or io.open "test/data.txt"',
    "test/data.txt": "",
  },
  "a test that writes a file of its own": { "test/a.lua": 'io.open("test/out.txt", "w"):close()' },
  "a helper that is a module of the project": {
    [written]: '{ "helper": "prepare" }',
    "src/prepare.lua": "return 1",
    "spec/a_spec.lua": requiresM,
    "src/m.lua": "return 1",
  },
  "reporters that are modules of the project": {
    [written]: '{ "reporter": ["./report.cjs"], "testReporter": ["./tests.mjs"] }',
    "report.cjs": "throw new Error('doctor runs nothing')",
    "tests.mjs": "throw new Error('doctor runs nothing')",
    "spec/a_spec.lua": requiresM,
    "src/m.lua": "return 1",
  },
  "modules of the package": {
    "spec/a_spec.lua": 'local lfs, assert = require "lfs", require "luassert"',
  },
};

test.for(Object.keys(settled))("doctor has nothing to mend of %s", async (name) => {
  const folder = makeProject({ "lib/measured.lua": "return 1", ...settled[name] });
  const { code, stdout } = await runCli(folder, ["doctor"], nowhere);
  expect([code, todo(stdout)]).toEqual([0, ""]);
});

test("what a test may need of LÖVE is said, with what to do", async () => {
  const folder = makeProject({
    "src/a.lua": "local love = love return { f = function() love.graphics.print(1) end }",
    "spec/a_spec.lua": 'local a = require "a" it("b")',
  });
  const { code, stdout } = await runCli(folder, ["doctor"], nowhere);
  expect([code, stdout.replace(/\s+/g, " ")]).toEqual([
    0,
    expect.stringContaining(
      "May not run spec/a_spec.lua: may need LÖVE (love in src/a.lua), which fengari does not have: have the test make the table love",
    ),
  ]);
});

test("doctor says what was compiled and is measured as Lua", async () => {
  const folder = makeProject({
    "src/same.tl": "",
    "src/same.lua": "return 1",
    "src/deep/built.tl": "",
    "src/declared.d.tl": "",
    "src/declared.lua": "return 1",
    "build/deep/built.lua": "return 1",
    "fnl/f.fnl": "",
    "lua/f.lua": "return 1",
    "top.moon": "",
    "top.lua": "return 1",
    "other/top.lua": "return 1",
    "src/mapped.moon": "",
    "src/mapped.lua": "return 1",
    "src/mapped.lua.map": "{}",
    "spec/a_spec.lua": 'it("a", function() require "same" end)',
  });
  const { code, stdout } = await runCli(folder, ["doctor"], nowhere);
  expect(code).toBe(0);
  const said = stdout.replace(/\s+/g, " ");
  const texts = [
    "as Lua: build/deep/built.lua, src/same.lua, compiled from Teal, whose lines are the same",
    "as Lua: top.lua, compiled from MoonScript, as there is no source map",
    "as Lua: lua/f.lua, compiled from Fennel, as there is no source map",
  ];
  expect(texts.filter((each) => !said.includes(each))).toEqual([]);
  expect(said.match(/as Lua/g)).toHaveLength(3);
});

/** What may not be read of a project, and what is to be done. */
testWith("files that can be refused").for([
  ["spec", "1. spec cannot be read: permission denied. Whoever runs the tests has to be allowed to."],
  ["spec/a_spec.lua", "1. spec/a_spec.lua cannot be read: permission denied."],
  ["src/m.lua", "1. src/m.lua cannot be read: permission denied."],
  ["src", "1. src cannot be read: permission denied."],
  [".luacov", "1. .luacov does not count, as it cannot be read: permission denied"],
  ["a-1.rockspec", "1. a-1.rockspec cannot be read: permission denied"],
] as const)("doctor and %s, which may not be read", async ([name, expected]) => {
  const folder = makeProject({
    "src/m.lua": "return 1",
    "spec/a_spec.lua": requiresM,
    ".luacov": "return {}",
    "a-1.rockspec": "",
  });
  refuse(folder, name);
  const { code, stdout, stderr } = await runRefused(folder, ["doctor"]);
  expect([code, stderr]).toEqual([1, ""]);
  expect(todo(stdout)).toContain(expected);
  expect(todo(stdout)).not.toContain("There is no test yet");
  if (name === "spec/a_spec.lua") expect(stdout).toContain("1 file (1 unreadable)");
});

testWith("luajit")("what functions may need is no reason for a Lua that is not here", async () => {
  const folder = makeProject({
    "src/a.lua": 'local ffi = require "ffi" return function() return ngx.now() end',
    "spec/a_spec.lua": 'local a = require "a" it("b")',
  });
  const machine = makeFolder({});
  symlinkSync(toolPath("luajit"), path.join(machine, "luajit"));
  const { code, stdout } = await runCli(folder, ["init", "--dry-run"], { PATH: machine });
  expect(code).toBe(0);
  expect(stdout).toContain(
    '  // spec/a_spec.lua needs LuaJIT (ffi in src/a.lua), which fengari does not have.\n  "lua": ["luajit"]\n',
  );
});

testWith("luajit")(
  "tests that want different Luas get a command each, and doctor --lua looks at another",
  async () => {
    const folder = makeProject({
      "spec/a_spec.lua": 'local ffi = require "ffi"',
      "spec/b_spec.lua": "local a <const> = 1",
    });
    const machine = makeFolder({});
    symlinkSync(toolPath("luajit"), path.join(machine, "luajit"));
    const doctor = async (...args: string[]) =>
      (await runCli(folder, ["doctor", ...args], { PATH: machine })).stdout;
    expect(todo(await doctor())).toContain("luacov-ts --lua luajit spec/a_spec.lua");
    expect((await doctor("--lua", "luajit")).replace(/\s+/g, " ")).toContain(
      "Would not run spec/b_spec.lua: luajit does not read spec/b_spec.lua, Lua 5.5 does",
    );
  },
);

test("doctor --json is what was found", async () => {
  const { code, stdout } = await runCli(makeProject(kinds.scripts), ["doctor", "--json"], nowhere);
  expect([code, JSON.parse(stdout)]).toMatchObject([
    1,
    {
      root: "<folder>",
      rootReason: "the current folder",
      tests: [{ name: "test/util.lua", style: "script" }],
      sources: ["src/util.lua"],
      blocked: [{ tests: ["test/util.lua"], reason: "requires util, which is src/util.lua" }],
      settings: [{ key: "tests" }, { key: "luaPath", value: ["src/?.lua"], isNeeded: true }],
      problems: [],
    },
  ]);
});

test.for(["init", "doctor"])("%s takes no operand", async (command) => {
  const { code, stderr } = await runCli(makeProject(script), [command, "src"], nowhere);
  expect([code, stderr]).toEqual([
    2,
    `ERROR: ${command} takes no operand, but was given "src"; see luacov-ts --help\n`,
  ]);
});
