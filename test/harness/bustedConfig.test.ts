import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { prepare } from "../../src/harness/plan/busted.js";
import type { Outcome } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { startBusted } from "../support/lua53.js";
import { leaveOut } from "../support/luaDifferences.js";
import { testWith } from "../support/tools.js";

const project = {
  "spec/one_spec.lua": `
    describe("one", function()
      it("is #fast", function() end)
      it("is #slow", function() end)
    end)`,
  "spec/two_spec.lua": 'it("two", function() assert.equal("found", require "inlua") end)',
  "spec/deep/three_spec.lua": 'it("three", function() assert.equal("src", require "insrc") end)',
  "spec/deep/other.lua": 'it("other", function() end)',
  "spec/helper.lua": 'it("helper", function() end)',
  "spec/.hidden/four_spec.lua": 'it("hidden", function() end)',
  "more/five_spec.lua": 'it("five", function() assert.equal("helped", helped) end)',
  "more/five_test.lua": 'it("five test", function() end)',
  "prepare.lua": 'helped = "helped" .. table.concat(arg)',
  "lua/inlua.lua": 'return "found"',
  "src/insrc.lua": 'return "src"',
  "lua/sets.lua": 'helped = "helped"',
  "other/insrc.lua": 'return "other"',
  "more/five_shout.lua": 'it("shouts", function() assert.equal("A", ("a"):shout()) end)',
};

/** The tests that busted runs, with their statuses, sorted. */
function native(folder: string, args: readonly string[]): string[] {
  const { stdout } = startBusted(["-o", "TAP", ...args], { cwd: folder });
  const lines = Array.from(stdout.matchAll(/^(not )?ok \d+ - (.*)$/gm));
  return lines.map(([, no, name]) => `${no === undefined ? "success" : "failed"} ${name}`).sort();
}

async function ours(folder: string, args: readonly string[]) {
  const report = path.join(folder, "ours.json");
  rmSync(report, { force: true });
  const own = ["--jobs", "1", "--reporter", "none", "--test-reporter", `json=${report}`];
  const { stderr, code } = await runCli(folder, [...own, ...args]);
  if (!existsSync(report)) return { tests: [], stderr, code };
  const { files }: { files: Pick<Outcome, "results">[] } = JSON.parse(readFileSync(report, "utf8"));
  const results = files.flatMap((file) => file.results);
  const status = (each: string) => (each === "success" ? each : "failed");
  const tests = results.map((each) => `${status(each.status)} ${each.names.join(" ")}`).sort();
  return { tests, stderr, code };
}

const configurations: readonly (readonly [text: string, ...args: string[]])[] = [
  ["return {}"],
  ["return { default = { verbose = true, output = 'TAP', coverage = false } }"],
  ["return { default = { ROOT = { 'more' }, helper = 'prepare.lua' } }"],
  ["return { default = { ROOT = { 'more', 'spec' }, helper = 'prepare.lua' } }"],
  ["return { default = { ROOT = { 'spec/helper.lua', 'more/five_test.lua' } } }"],
  ["return { default = { pattern = 'other' } }"],
  ["return { default = { pattern = { 'other', '^one' }, ['exclude-pattern'] = 'two' } }"],
  ["return { default = { ROOT = { 'more' }, pattern = '_test%.lua$' } }"],
  ["return { default = { ['exclude-pattern'] = { 'one', 'three' } } }"],
  ["return { default = { recursive = false, pattern = '' } }"],
  ["return { default = { lpath = './lua/?.lua;./src/?.lua' } }"],
  ["return { default = { tags = 'fast' } }"],
  ["return { default = { tags = { 'fast', 'slow' }, ['exclude-tags'] = 'other,none' } }"],
  ["return { default = { filter = 'two' } }"],
  ["return { default = { filter = { 'one', 'two' }, ['filter-out'] = 'slow' } }"],
  ["return { default = { ['repeat'] = 2 } }"],
  ["return { default = { ROOT = { 'more' }, helper = 'prepare.lua', Xhelper = '!,?' } }"],
  ["return { _all = { tags = 'fast' }, default = { ROOT = { 'spec' } } }"],
  ["return { _all = { tags = 'fast' }, default = { tags = 'slow' } }"],
  ["return { _all = { tags = 'fast' }, other = { tags = 'slow' } }"],
  ["return { _all = { tags = 'fast' }, other = { tags = 'slow' } }", "--run", "other"],
  ["return { default = { tags = 'fast' }, other = {} }", "--run", "other"],
  ["return { default = { tags = 'fast' } }", "--tags", "slow"],
  ["return { default = { tags = 'fast', ROOT = { 'more' } } }", "spec"],
  ["local tags = os.getenv 'HOME' and 'fast' return { default = { tags = tags } }"],
];

/** What a configuration does beyond its settings. */
const preludes: typeof configurations = [
  ["package.path = './other/?.lua;./lua/?.lua;' .. package.path return {}"],
  ["package.path = package.path .. ';./lua/?.lua' return { default = { lpath = './src/?.lua' } }"],
  ["helped = 'helped' return { default = { ROOT = { 'more' } } }"],
  ["helped = 'helped' return { default = { ROOT = { 'more' }, helper = 'lua/inlua.lua' } }"],
  ["require 'lua.sets' assert(arg) return { default = { ROOT = { 'more' } } }"],
  ["package.preload.inlua = function() return 'found' end return {}"],
  ["package.loaded.inlua = 'found' return {}"],
  [
    "table.insert(package.searchers, 1, function(n) return n == 'inlua' and function() return 'found' end or nil end) return {}",
  ],
  ["setmetatable(_G, { __index = { helped = 'helped' } }) return { default = { ROOT = { 'more' } } }"],
  ["string.shout = string.upper return { default = { ROOT = { 'more' }, pattern = 'shout' } }"],
  [
    "getmetatable('').__index = setmetatable({ shout = string.upper }, { __index = string }) return { default = { ROOT = { 'more' }, pattern = 'shout' } }",
  ],
];

const configured = [...configurations, ...preludes].map(([text, ...args]) => ({ text, args }));

testWith("lua5.3", "busted").for(configured)(
  "it means what it means to busted: $text $args",
  async (given, { skip }) => {
    if (given.text.includes("package.searchers")) leaveOut("package.searchers", skip);
    const folder = makeFolder({ ...project, ".busted": given.text });
    const { tests, stderr } = await ours(folder, given.args);
    const expected = native(folder, given.args);
    expect(tests).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
    // A module that neither finds is told all the same.
    expect(stderr).not.toMatch(/WARNING: (?!spec\/two_spec\.lua has not found the module inlua)/);
  },
);

test("a configuration that cannot run again is an error of each file", async () => {
  const text =
    "if not io.open 'mark' then io.open('mark', 'w'):close() helped = 1 else error 'again' end return {}";
  const folder = makeFolder({ "spec/a_spec.lua": 'it("a", print)', ".busted": text });
  const { tests, code } = await ours(folder, []);
  expect([tests, code]).toEqual([["failed configuration"], 1]);
});

test("another file can be named, and flags and .nycrc.json win", async () => {
  const folder = makeFolder({
    ...project,
    ".busted": "return { default = { tags = 'nothing' } }",
    "mine.lua": "return { default = { tags = 'fast', filter = 'nothing' } }",
    ".nycrc.json": '{ "filter": "one" }',
  });
  const mine = ["--config-file", "mine.lua"];
  expect((await ours(folder, mine)).tests).toEqual(["success one is #fast"]);
  expect((await ours(folder, [...mine, "--tags", "slow"])).tests).toEqual(["success one is #slow"]);
});

test("lpath comes before the templates that busted has without it, which stay", async () => {
  const folder = makeFolder({ ...project, ".busted": "return { default = { lpath = './lua/?.lua' } }" });
  const { tests } = await ours(folder, ["spec/two_spec.lua", "spec/deep"]);
  expect(tests).toEqual(["success three", "success two"]);
});

test("not to keep going is to stop after the first failure", async () => {
  const folder = makeFolder({
    "spec/a_spec.lua": 'it("a", function() error "no" end) it("b", function() end)',
    ".busted": "return { default = { ['keep-going'] = false } }",
  });
  expect((await ours(folder, [])).tests).toEqual(["failed a"]);
  expect((await ours(folder, ["--bail", "0"])).tests).toEqual(["failed a", "success b"]);
});

test("with a .busted the tests are in spec, where there is one", async () => {
  const only = makeFolder({
    "spec/a_spec.lua": 'it("a", print)',
    "test/data.lua": "error()",
    ".busted": "return {}",
  });
  expect((await ours(only, [])).tests).toEqual(["success a"]);
  const none = makeFolder({ "test/a_spec.lua": 'it("a", function() end)', ".busted": "return {}" });
  expect((await ours(none, [])).tests).toEqual(["success a"]);
});

test("ROOT may be one text, of which busted itself finds nothing", async () => {
  const folder = makeFolder({ ...project, ".busted": "return { default = { ROOT = 'spec/deep' } }" });
  expect((await ours(folder, [])).tests).toEqual(["success three"]);
});

test("it counts when there are specs, and when no files are named", async () => {
  const folder = makeFolder({ "a.lua": "", "a_spec.lua": 'it("a")', ".busted": "return 5" });
  expect((await ours(folder, ["a.lua"])).tests).toEqual(["success "]);
  const reason = "ERROR: Cannot read the configuration <folder>/.busted: it does not return a table\n";
  for (const args of [["a_spec.lua"], ["a.lua", "a_spec.lua"], [], ["a.lua", "--config-file", ".busted"]]) {
    expect(await ours(folder, args)).toEqual({ tests: [], stderr: reason, code: 2 });
  }
});

test.each([
  [{ ".busted": "return {" }, [], "<folder>/.busted:1: unexpected symbol near <eof>"],
  [{ ".busted": "error 'no'" }, [], "<folder>/.busted:1: no"],
  [{ ".busted": "os.exit(3)" }, [], "it calls os.exit"],
  [{ ".busted": "return {}" }, ["--run", "ci"], "the task 'ci' is not found, or not a table"],
  [{ ".busted": "return { ci = 5 }" }, ["--run", "ci"], "the task 'ci' is not found, or not a table"],
  [{}, ["--run", "ci"], "there is no such file"],
  [{}, ["--config-file", ".busted"], "there is no such file"],
  [{ ".busted": "return { default = { pattern = '[' } }" }, [], "malformed pattern (missing ']')"],
  [
    { ".busted": "return { default = { filter = '%' } }" },
    [],
    "\"%\" cannot be used as a Lua pattern: malformed pattern (ends with '%')",
  ],
])("a mistake is one sentence: %j %j", async (files, args, reason) => {
  const folder = makeFolder({ ...project, ...files });
  const sentence = `ERROR: Cannot read the configuration <folder>/.busted: ${reason}\n`;
  expect(await ours(folder, args)).toEqual({ tests: [], stderr: sentence, code: 2 });
});

const isolated = "each test file has a Lua state of its own; share what they need by --helper";
const lua = "tests are Lua; have other languages compiled first";

/** What busted heeds and this does not, as settings of a task; then what is said of them. */
const unheeded: readonly (readonly [settings: string, ...said: string[]])[] = [
  ["loaders = { 'moonscript' }", `"loaders", which does nothing here: ${lua}`],
  ["loaders = 'lua,moonscript'", `"loaders", which does nothing here: ${lua}`],
  ["loaders = 'terra'", `"loaders", which does nothing here: ${lua}`],
  ["loaders = { 'lua' }"],
  ["cpath = './csrc/?.so'"],
  ["cpath = ''"],
  [
    "['coverage-config-file'] = 'my.luacov', coverage = true",
    '"coverage-config-file", which does nothing here: what is measured is said by --include, --exclude and the .luacov in the project root',
  ],
  ["['coverage-config-file'] = '.luacov', coverage = true"],
  [
    "lua = 'luajit', e = { 'x = 1' }",
    '"e", which does nothing here: put the statement into a file, and have that run before the specs by --helper FILE',
    '"lua", which does nothing here: the Lua is what --lua says',
  ],
  ["lua = 'luajit', ['ignore-lua'] = true"],
  ["directory = 'sub'", '"directory", which does nothing here: start luacov-ts in that folder'],
  ["directory = '.', lang = 'en', list = false, ['auto-insulate'] = true"],
  [
    "lang = 'de', list = true, ['auto-insulate'] = false",
    `"auto-insulate", which does nothing here: ${isolated}`,
    `"lang", which does nothing here: what is said of tests is in English; set say's namespace in a --helper`,
    '"list", which does nothing here: --list shows the tests',
  ],
  ["output = 'TAP', Xoutput = 'x', verbose = true, ['defer-print'] = true, ['enable-sound'] = true"],
  ["recursive = true, ['sort-files'] = true, ['sort-tests'] = true, pattern = '_spec', ROOT = { 'spec' }"],
  [
    "colour = true, odd = 1, list = true",
    '"list", which does nothing here: --list shows the tests',
    '"colour", "odd", which luacov-ts does not know',
  ],
];

test("whatever would change a run and does not here is named, with what to do", async () => {
  for (const [settings, ...said] of unheeded) {
    const folder = makeFolder({ ...project, ".busted": `return { default = { ${settings} } }` });
    const file = path.join(folder, ".busted");
    const { notices } = await prepare(await loadConfig({ cwd: folder }), [path.join(folder, "spec")]);
    const expected = said.map((each) => `${file} sets ${each}`);
    expect([settings, notices.map(({ message }) => message)]).toEqual([settings, expected]);
  }
});

test("what is no table in the place of a task is a warning", async () => {
  const { tests, stderr } = await ours(makeFolder({ ...project, ".busted": "return { default = 3 }" }), []);
  expect(tests.length).toBeGreaterThan(0);
  expect(stderr).toContain(
    "WARNING: In <folder>/.busted, default is a number, not a table, and counts as nothing\n",
  );
});

test("a wrong value is named as busted names it, and what has no counterpart is a warning", async () => {
  const wrong = makeFolder({
    ...project,
    ".busted": "return { default = { ['suppress-pending'] = 'yes' } }",
  });
  expect((await ours(wrong, [])).stderr).toBe(
    'ERROR: "suppress-pending" in <folder>/.busted is "yes", but must be true or false\n',
  );
  const unknown = makeFolder({
    ...project,
    ".busted": "return { default = { lua = 'luajit', e = 'x = 1', tags = 'fast', lang = 'en' } }",
  });
  const { tests, stderr } = await ours(unknown, []);
  expect(tests).toEqual(["success one is #fast"]);
  expect(stderr).toContain(
    'WARNING: <folder>/.busted sets "lua", which does nothing here: the Lua is what --lua says\n',
  );
});
