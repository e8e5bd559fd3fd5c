import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

interface Case {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args: readonly string[];
  readonly code: number;
  /** Standard error, each line of it. */
  readonly told: readonly string[];
}

const source = "return 1";
const nothing = "ERROR: No coverage was collected: nothing that ran is a measured file under <folder>; ";
const advice = '; --debug-files says why for each file, and "all" counts files that nothing loads';
const luaunit = (body: string) =>
  `package.preload.luaunit = function() return {} end require "luaunit" ${body}`;

/** What people do in their first hour, and what they are told. */
const cases: Readonly<Record<string, Case>> = {
  "tests fail before they load anything": {
    files: { "src/m.lua": source, "test/a.lua": "error('no')", "test/b.lua": "local x = 1" },
    args: ["--check-coverage"],
    code: 1,
    told: [],
  },
  "tests pass and load nothing": {
    files: { "src/m.lua": source, "test/a.lua": "local x = 1" },
    args: [],
    code: 1,
    told: [
      "ERROR: No coverage was collected: the tests loaded no other Lua file under <folder>; let them require what they test, or count files that nothing loads with --all",
    ],
  },
  "what is loaded is excluded": {
    files: { "src/m.lua": source, "src/n.lua": source, "test/a.lua": "require 'src.m' require 'src.n'" },
    args: ["--include", "src/n.lua", "--exclude", "**/n.lua"],
    code: 1,
    told: [`${nothing}src/m.lua: matched by no include pattern, src/n.lua: excluded by **/n.lua${advice}`],
  },
  "what is loaded leaves itself out": {
    files: { "m.lua": "-- luacov: ignore file\nreturn 1", "test/a.lua": "require 'm'" },
    args: [],
    code: 1,
    told: [`${nothing}m.lua: left out by its own comment${advice}`],
  },
  "a spec has no tests yet": {
    files: { "m.lua": source, "spec/m_spec.lua": "require 'm' describe('m', function() end)" },
    args: ["--reporter", "none"],
    code: 1,
    told: ["ERROR: No test was run: spec/m_spec.lua has none"],
  },
  "a spec is an empty file": {
    files: { "m.lua": source, "spec/m_spec.lua": "-- to do" },
    args: ["--reporter", "none", "--all"],
    code: 1,
    told: ["ERROR: No test was run: spec/m_spec.lua has none"],
  },
  "one of two specs has no tests": {
    files: {
      "m.lua": source,
      "spec/a_spec.lua": "it('a', function() require 'm' end)",
      "spec/b_spec.lua": "",
    },
    args: ["--reporter", "none"],
    code: 0,
    told: ["WARNING: spec/b_spec.lua has no tests"],
  },
  "a filter is mistyped": {
    files: { "spec/a_spec.lua": "it('a', function() end)" },
    args: ["--filter", "nothing", "--tags", "x,y"],
    code: 1,
    told: ["ERROR: No test was run: spec/a_spec.lua has none that --tags x,y --filter nothing lets through"],
  },
  "a filter is mistyped for two files": {
    files: { "spec/a_spec.lua": "it('a', function() end)", "spec/b_spec.lua": "it('b', function() end)" },
    args: ["--name", "c"],
    code: 1,
    told: ["ERROR: No test was run: the 2 test files have none that --name c lets through"],
  },
  "a helper is named for a script": {
    files: { "m.lua": source, "help.lua": "", "test/a.lua": "require 'm'" },
    args: ["--helper", "help.lua", "--reporter", "none"],
    code: 0,
    told: [
      "WARNING: --helper counts for specs alone, not for test/a.lua (a script); a setup file runs before each test file (--setup)",
    ],
  },
  "a filter is named for LuaUnit": {
    files: { "m.lua": source, "test/a.lua": luaunit("require 'm'"), "test/b.lua": "it('b', function() end)" },
    args: ["--filter", "b", "--reporter", "none"],
    code: 0,
    told: [
      'WARNING: --filter counts for specs alone, not for test/a.lua (LuaUnit); LuaUnit\'s own options follow "--"',
    ],
  },
  "something among the sources is no Lua text": {
    files: {
      "m.lua": source,
      "precompiled.lua": Buffer.from("\u001bLuaS"),
      "script.lua": Buffer.from("#!/usr/bin/lua\n\u001bLuaS"),
      "wide.lua": Buffer.from("\ufeffreturn 1", "utf16le"),
      "empty.lua": "",
      "comments.lua": "-- nothing\n--[[ else ]]",
      "shebang.lua": "#!/usr/bin/lua",
      "test/a.lua": "require 'm'",
    },
    args: ["--all", "--reporter", "none"],
    code: 1,
    told: [
      "WARNING: precompiled.lua is precompiled, without a text that could be measured, and is left out",
      "WARNING: script.lua is precompiled, without a text that could be measured, and is left out",
      "ERROR: wide.lua is UTF-16 text, which Lua does not read: save it as UTF-8",
    ],
  },
};

test.for(Object.keys(cases))("%s", async (name) => {
  const found = cases[name];
  if (found === undefined) throw new Error(name);
  const { code, stderr } = await runCli(makeFolder(found.files), found.args);
  expect([code, stderr.split("\n").filter((line) => line !== "")]).toEqual([found.code, found.told]);
});

test("a folder, a precompiled file and other texts among the tests are named by their names", async () => {
  const folder = makeFolder({
    "test/pre.lua": Buffer.from("\u001bLuaS"),
    "test/text.lua": "no Lua at all",
    "test/wide.lua": Buffer.from("\ufeffreturn 1", "utf16le"),
    "test/z.lua": 'require "dir"',
  });
  for (const name of ["dir.lua", "test/dir.lua"]) mkdirSync(path.join(folder, name));
  const { code, stdout, stderr } = await runCli(folder, ["test"]);
  expect([code, stderr]).toEqual([1, ""]);
  for (const name of ["pre", "text", "wide"]) {
    expect(stdout).toMatch(new RegExp(`✖ test/${name}\\.lua .*\n +test/${name}\\.lua:.*\\S`));
  }
  expect(stdout).toMatch(
    /error loading module 'dir' from file '.\/dir\.lua':\n.*cannot read .\/dir\.lua: Is a directory/,
  );
  expect(stdout).not.toContain("test/dir.lua");
});

test("code of tests is no product code, whether it runs or not, unless exclude takes it back in", async () => {
  const folder = makeFolder({
    "src/m.lua": "return 1",
    "src/m_test.lua": "return 1",
    "src/never.lua": "return 1",
    "test.lua": "return 1",
    "prepare.lua": "return 1",
    "spec/a_spec.lua":
      'it("a", function() require "src.m" require "spec.support.tools" require "prepare" end)',
    "spec/b_spec.lua": "return 1",
    "spec/support/tools.lua": "return 1",
    "tests/data.lua": "return 1",
  });
  const measured = async (...args: string[]) => {
    const { stdout } = await runCli(folder, [...args, "--reporter", "text-lcov"]);
    return Array.from(stdout.matchAll(/^SF:(.*)$/gm), (match) => match[1]).sort();
  };
  const run = ["spec/a_spec.lua", "--all"];
  expect(await measured(...run, "--helper", "prepare.lua")).toEqual(["src/m.lua", "src/never.lua"]);
  expect(await measured(...run, "--helper", "prepare")).toEqual(["src/m.lua", "src/never.lua"]);
  expect(await measured("spec/a_spec.lua")).toEqual(["prepare.lua", "src/m.lua"]);
  const back = ["--exclude", "!spec/support/**", "--exclude", "!test.lua"];
  expect(await measured(...run, ...back)).toEqual([
    "prepare.lua",
    "spec/support/tools.lua",
    "src/m.lua",
    "src/never.lua",
    "test.lua",
  ]);
  // A program that is run by itself is what is measured.
  expect(await measured("run", "tests/data.lua")).toEqual(["tests/data.lua"]);
});

/** Where a package.json above the current folder does not make its folder the root, and where it does. */
const roots: readonly (readonly [files: Readonly<Record<string, string>>, isOwn: boolean])[] = [
  [{ "sub/test/b.lua": "" }, true],
  [{ "sub/x-1.rockspec": "" }, true],
  [{ "sub/.busted": "return {}" }, true],
  [{ "sub/.nycrc.json": "{}" }, true],
  [{ ".nycrc.json": "{}", "sub/test/b.lua": "" }, false],
  [{ "package.json": '{ "nyc": { "all": false } }', "sub/test/b.lua": "" }, false],
  [{}, false],
];

test.for(roots)(
  "%j in the project of a package.json: the current folder is the root: %j",
  async ([files, isOwn]) => {
    const folder = makeFolder({
      "package.json": "{}",
      "m.lua": 'return "above"',
      "sub/m.lua": 'return "own"',
      "sub/a.lua": 'print(require "m")',
      ...files,
    });
    const { stdout, stderr } = await runCli(path.join(folder, "sub"), ["a.lua", "--reporter", "none"]);
    expect(stdout).toMatch(isOwn ? /^own\n/ : /^above\n/);
    const note = `The project root is ${folder}, because of ../package.json; --cwd . makes it this folder\n`;
    expect(stderr).toBe(isOwn ? "" : note);
  },
);
