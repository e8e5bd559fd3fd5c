import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verdict } from "../../src/discover/verdict.js";
import { planFor } from "../../src/harness/plan/plan.js";
import { type Config, loadConfig, type Options } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { type Files, makeProject } from "../support/project.js";

const sources = { "src/a.lua": "return 1\n", "src/b.lua": "return 2\n", "lib/c.lua": "return 3\n" };

/** The configuration of a project with a .luacov, and its folder. */
async function configOf(luacov: string, options: Options = {}, files: Files = {}) {
  const folder = makeProject({ ...sources, ...files, ".luacov": luacov });
  return { folder, config: await loadConfig({ cwd: folder, ...options }) };
}

function measuredIn({ folder, config }: { folder: string; config: Config }): string[] {
  const { scope } = planFor(config, []);
  return Object.keys(sources).filter((name) => verdict(scope, path.join(folder, name)).measured);
}

const texts = ({ configurationNotices }: Config, folder: string) =>
  configurationNotices.map(({ level, message }) => `${level}: ${message.replaceAll(folder, "<folder>")}`);

test.for([
  ["nothing", "", ["src/a.lua", "src/b.lua", "lib/c.lua"]],
  ["include, a Lua pattern on the path without .lua", 'include = { "src/%l$" }', ["src/a.lua", "src/b.lua"]],
  ["an empty include", "include = {}", ["src/a.lua", "src/b.lua", "lib/c.lua"]],
  ["exclude", 'exclude = { "^lib/", "b$" }', ["src/a.lua"]],
  ["exclude over include", 'return { include = { "src" }, exclude = { "a$" } }', ["src/b.lua"]],
  [
    "what is global over what is returned",
    'include = { "lib" } return { include = { "src" } }',
    ["lib/c.lua"],
  ],
  ["modules, which are included", 'modules = { ["a"] = "src/a.lua" }', ["src/a.lua"]],
  ["modules by a name with *", 'modules = { ["src.*"] = "src" }', ["src/a.lua", "src/b.lua"]],
] as const)("%s", async ([, luacov, expected]) => {
  expect(measuredIn(await configOf(luacov))).toEqual(expected);
});

test("a pattern of an absolute path is asked of that", async () => {
  expect(measuredIn(await configOf('include = { "^/.+/src/a$" }'))).toEqual(["src/a.lua"]);
});

test.for([
  ["a folder anywhere", 'exclude = { "/b" }', ["src/a.lua", "lib/c.lua"]],
  [
    "a folder of another machine",
    'exclude = { "/home/nobody/%.luarocks/", "b$" }',
    ["src/a.lua", "lib/c.lua"],
  ],
  ["a module of any name", 'modules = { ["*"] = "src" }', ["src/a.lua", "src/b.lua", "lib/c.lua"]],
] as const)("%s in a pattern", async ([, luacov, expected]) => {
  expect(measuredIn(await configOf(luacov))).toEqual(expected);
});

test("a pattern of the project's own absolute path is one from there", async () => {
  const folder = makeProject(sources);
  const text = `include = { "^${folder.replaceAll("-", "%-")}/src/a$", "${folder}/lib/" }`;
  writeFileSync(path.join(folder, ".luacov"), text);
  expect(measuredIn({ folder, config: await loadConfig({ cwd: folder }) })).toEqual([
    "src/a.lua",
    "lib/c.lua",
  ]);
});

test("what luacov-ts's own configuration says wins over the same key, and over that alone", async () => {
  const text =
    'include = { "lib" } exclude = { "b$" } includeuntestedfiles = true reporter = "html" runreport = true';
  const { folder, config } = await configOf(text, { include: "src/**", reporter: "text" });
  expect(measuredIn({ folder, config })).toEqual(["src/a.lua"]);
  expect(config).toMatchObject({ all: true, reporter: ["text"] });
  expect(texts(config, folder)).toEqual([
    "information: .luacov (2 keys): exclude, includeuntestedfiles; luacov-ts's own configuration or flags say otherwise of include, reporter, runreport",
  ]);
});

test("an rc file is luacov-ts's own configuration", async () => {
  const files = { ".nycrc.json": { exclude: ["src/a.lua"] } };
  expect(measuredIn(await configOf('exclude = { "b$" }', {}, files))).toEqual(["src/b.lua", "lib/c.lua"]);
});

test.for([
  ["includeuntestedfiles = true", ["lib/c.lua", "src/a.lua", "src/b.lua"]],
  ["includeuntestedfiles = false", []],
  ["", []],
  ['includeuntestedfiles = { "src/a.lua", "lib" }', ["lib/c.lua", "src/a.lua"]],
  ['includeuntestedfiles = { "src" } exclude = { "a$" }', ["src/b.lua"]],
] as const)("%s adds what nobody loads", async ([luacov, expected]) => {
  const { folder, config } = await configOf(luacov);
  expect(planFor(config, []).sources.map((file) => path.relative(folder, file))).toEqual(expected);
});

const usual = ["text", "lcovonly", "html-lua"];

test.for<[luacov: string, reporters: string[]]>([
  ["", usual],
  ['reporter = "default"', [...usual, "luacov"]],
  ['reporter = "html"', usual],
  ['reporter = "lcov"', ["text", "html-lua", "lcovonly"]],
  ['reporter = "cobertura" runreport = true', [...usual, "cobertura"]],
  ["runreport = true", [...usual, "luacov"]],
  ["runreport = false", usual],
])("%s has a report in addition", async ([luacov, expected]) => {
  expect((await configOf(luacov)).config.reporter).toEqual(expected);
});

test("statsfile and reportfile name the two files, and deletestats the one to remove", async () => {
  const { folder, config } = await configOf('statsfile = "out/s" reportfile = "out/r" deletestats = true');
  const [stats, report] = [path.join(folder, "out/s"), path.join(folder, "out/r")];
  expect(config.luacov).toMatchObject({ statsFile: stats, reportFile: report, removes: stats });
  const other = await configOf("deletestats = true");
  expect(other.config.luacov?.removes).toBe(path.join(other.folder, "luacov.stats.out"));
  expect((await configOf("deletestats = false")).config.luacov?.removes).toBeNull();
});

test("what the file requires of the project counts as if it were in it", async () => {
  const helper = `local helper = {}
local runner = package.loaded["luacov.runner"]
function helper.settings(prefix)
  return { include = { prefix .. "a$" }, exclude = require "spec.others".exclude }
end
return helper`;
  const files = { "spec/helper.lua": helper, "spec/others/init.lua": 'return { exclude = { "c$" } }' };
  const found = await configOf('return require "spec.helper".settings "src/"', {}, files);
  expect(measuredIn(found)).toEqual(["src/a.lua"]);
  expect(texts(found.config, found.folder)).toEqual(["information: .luacov (2 keys): include, exclude"]);
  const lib = await configOf(
    'return require "settings"',
    { luaPath: "etc/?.lua" },
    { "etc/settings.lua": "return { include = { 'a$' } }" },
  );
  expect(measuredIn(lib)).toEqual(["src/a.lua"]);
});

test("what the file requires reaches no more than it does, and fails alone", async () => {
  const files = { "spec/helper.lua": 'local x = require "socket"\nio.popen "ls"' };
  const { folder, config } = await configOf(
    'local x = require "spec.helper"\nlocal y = require "...outside"\ninclude = { "a$" }',
    {},
    files,
  );
  expect(texts(config, folder)).toEqual([
    "information: .luacov (1 key): include",
    "warning: .luacov counts but for: spec/helper.lua:1: it requires socket, which is not there for it; " +
      "line 1: it requires spec.helper, which fails here: spec/helper.lua:2: attempt to index a nil value (global 'io'); " +
      "line 2: it requires ...outside, which is not there for it",
  ]);
});

test("what is so anyway counts", async () => {
  const { folder, config } = await configOf("tick = true\nsavestepsize = 2\ncodefromstrings = false");
  expect(texts(config, folder)).toEqual([
    "information: .luacov (3 keys): codefromstrings, tick, savestepsize",
  ]);
});

/** Files as they are met: what counts of each, and the one warning. */
const broken = {
  "a reporter that is required and is not there": [
    'local reporter = require "luacov.reporter.multiple"\nreturn {\n  reporter = reporter,\n  include = { "src" },\n}',
    ["include"],
    'line 1: it requires luacov.reporter.multiple, which is not there for it; line 3: "reporter" is nothing that can be read, not the name of a reporter',
  ],
  "a reporter as a table": [
    'include = { "src" }\nreporter = { "default", "lcov" }',
    ["include"],
    'line 2: "reporter" is a table, not the name of a reporter',
  ],
  "a reporter that only LuaCov has": [
    'reporter = "coveralls"\nexclude = { "test" }',
    ["exclude"],
    'line 1: "reporter" is "coveralls", a reporter that luacov-ts has not: it has default, html, lcov, cobertura of LuaCov\'s',
  ],
  "the file of another reporter": [
    'reporter = "lcov"\nreportfile = "lcov.info"',
    ["reporter"],
    'line 2: "reportfile" is the file of its reporter, lcovonly, which has names of its own in report-dir',
  ],
  "a syntax error": [
    "return {\n  include = { 'src' }\n  exclude = { 'x' }\n}",
    [],
    "line 3: '}' expected (to close '{' at line 1) near 'exclude'",
  ],
  "an error after some keys": [
    'include = { "src" }\nlocal handle = io.popen("pwd")\nexclude = { handle:read() }',
    ["include"],
    "line 2: attempt to index a nil value (global 'io')",
  ],
  "another tool's configuration": [
    'std = "max"\nfiles["spec"] = {}',
    [],
    "line 2: attempt to index a nil value (global 'files'); line 1: \"std\" is no key of LuaCov's",
  ],
  "a key with a slip": ['includes = { "src" }', [], 'line 1: "includes" is no key of LuaCov\'s (include?)'],
  "what LuaCov alone can do": [
    "codefromstrings = true",
    [],
    'line 1: "codefromstrings" is true, but what has no file has no place in a coverage map',
  ],
  "folders of one machine": [
    'include = { "^/home/somebody/project/src/" }\nstatsfile = "/home/somebody/stats"',
    [],
    'line 1: "include" has "^/home/somebody/project/src/", which names /home/somebody/project/src, a folder that is not here; line 2: "statsfile" is in /home/somebody, a folder that is not here',
  ],
  "a malformed pattern": [
    'exclude = { "lib", "[a" }',
    [],
    'line 1: "exclude" has "[a", which is no Lua pattern: malformed pattern (missing \']\')',
  ],
  "values of other types": [
    'include = "src"\nmodules = { a = 1 }\nincludeuntestedfiles = "all"\ntick = 1\nstatsfile = 5',
    [],
    'line 1: "include" is "src", not a list of Lua patterns; line 2: "modules" has no file for a; line 3: "includeuntestedfiles" is "all", not true, false or a list of files and folders; line 5: "statsfile" is 5, not the name of a file; line 4: "tick" is 1, not true or false',
  ],
} as const satisfies Record<string, readonly [string, readonly string[], string]>;

test.for(Object.entries(broken))(
  "%s: what can be read counts, and the rest is one warning",
  async ([, each]) => {
    const [luacov, counted, warning] = each;
    const { folder, config } = await configOf(luacov);
    const keys =
      counted.length === 0 ? [] : [`information: .luacov (${counted.length} key): ${counted.join(", ")}`];
    expect(texts(config, folder)).toEqual([...keys, `warning: .luacov counts but for: ${warning}`]);
  },
);

test("a configuration that does not end is ended, whatever it catches", async () => {
  const { folder, config } = await configOf('include = { "src" }\nwhile true do\n  pcall(error)\nend');
  expect(texts(config, folder)[0]).toMatch(
    /^warning: .luacov counts but for: line [23]: it runs longer than 2 s$/,
  );
}, 20_000);

test("a configuration reaches nothing outside, but for variables of the environment", async () => {
  const text = `local seen = {}
for _, name in ipairs { "io", "debug", "package", "load", "loadstring", "dofile", "loadfile", "coroutine", "collectgarbage" } do
  if _G ~= nil or rawget(getmetatable("").__index, name) then seen[#seen + 1] = name end
end
include = { os.getenv("PATH") and "environment" or "none", os.exit and "exit" or "no exit", seen[1] or "nothing" }`;
  const { config } = await configOf(text);
  expect(config.luacov?.scope.include).toEqual(["environment", "no exit", "nothing"]);
});

test("LUACOV_CONFIG names another file, and an empty one none", async () => {
  const folder = makeProject({
    ...sources,
    ".luacov": 'exclude = { "a$" }',
    "other.lua": 'exclude = { "b$" }',
    "test/a.lua": 'require "src.a" require "src.b"',
  });
  const measured = async (environment: Record<string, string>) => {
    const { stderr } = await runCli(folder, ["--reporter", "none"], environment);
    return [Object.keys(coverageIn(folder)), stderr.trim()];
  };
  expect(await measured({})).toEqual([["src/b.lua"], ".luacov (1 key): exclude"]);
  expect(await measured({ LUACOV_CONFIG: "other.lua" })).toEqual([
    ["src/a.lua"],
    "other.lua (1 key): exclude",
  ]);
  expect(await measured({ LUACOV_CONFIG: "" })).toEqual([["src/a.lua", "src/b.lua"], ""]);
  expect((await measured({ LUACOV_CONFIG: "none.lua" }))[1]).toBe(
    "WARNING: LUACOV_CONFIG names <folder>/none.lua, but there is no such file",
  );
});

test("an installed copy of a module counts for its source", async () => {
  const folder = makeProject({
    ...sources,
    "installed/mod/a.lua": "local M = {}\nreturn M\n",
    "src/mod/a.lua": "local M = {}\nreturn M\n",
    "src/mod/b.lua": "return {}\n",
    "test/a.lua": 'package.path = "installed/?.lua;" .. package.path\nrequire "mod.a"\n',
    ".luacov": 'modules = { ["mod.*"] = "src" }',
  });
  expect((await runCli(folder, ["--reporter", "none", "--all"])).code).toBe(0);
  const coverage = coverageIn(folder);
  expect(Object.keys(coverage)).toEqual(["src/mod/a.lua", "src/mod/b.lua"]);
  expect(coverage["src/mod/a.lua"]?.s).toEqual({ 0: 1, 1: 1 });
});
