import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { helpText } from "../../src/cli/help.js";
import { dashed, optionGroups, optionKeys, optionTable } from "../../src/config/options/options.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const watermarks = 'but must be an object such as { "lines": [50, 80] } with percentages in rising order';

/** Arguments, then the one sentence on standard error. */
const mistakes: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [["--frobnicate"], "Unknown option '--frobnicate'; see luacov-ts --help"],
  [["--reporters", "text"], "Unknown option '--reporters', perhaps --reporter; see luacov-ts --help"],
  [["--lau", "lua5.4"], "Unknown option '--lau', perhaps --lua; see luacov-ts --help"],
  [["--no-claen"], "Unknown option '--no-claen', perhaps --no-clean; see luacov-ts --help"],
  [
    ["repot"],
    'No test file matches "repot" in <folder> (the command report?); give a file, a folder, or a quoted glob such as "test/**/*.lua"',
  ],
  [["-x"], "Unknown option '-x'; see luacov-ts --help"],
  [["--lines"], "Option '--lines <value>' argument missing; see luacov-ts --help"],
  [
    ["--lines", "-5.5"],
    '"lines" in the given options is -5.5, but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [["--all=yes"], "Option '--all' does not take an argument; see luacov-ts --help"],
  [
    ["--lines", "many"],
    '"lines" in the given options is "many", but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    ["--lines", " "],
    '"lines" in the given options is " ", but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    ["--lines", "101"],
    '"lines" in the given options is 101, but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [
    ["--lines=-1.5"],
    '"lines" in the given options is -1.5, but must be a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most',
  ],
  [["--watermarks", "lines=80,50"], `"watermarks" in the given options is {"lines":[80,50]}, ${watermarks}`],
  [["--watermarks", "lines"], `"watermarks" in the given options is {"lines":[null]}, ${watermarks}`],
  [["--watermarks", "rows=1,2"], `"watermarks" in the given options is {"rows":[1,2]}, ${watermarks}`],
  [
    ["--include", ""],
    '"include" in the given options is [""], but must be a non-empty text or a list of such',
  ],
  [["--temp-dir", ""], '"tempDir" in the given options is "", but must be a non-empty text'],
  [["--cwd", "nowhere"], "The project root <folder>/nowhere (option cwd) is not a folder"],
  [["--cwd", "a.lua"], "The project root <folder>/a.lua (option cwd) is not a folder"],
  [["--nycrc-path", "my.json"], "Cannot read the configuration <folder>/my.json: there is no such file"],
  [
    ["a.lua", "--reporter", "fax"],
    'Unknown reporter "fax", which is no module of the project either; the reporters are clover, cobertura, html, html-spa, json, json-summary, lcov, lcovonly, none, teamcity, text, text-lcov, text-summary, html-lua, partial, markdown, github, sonar, luacov, luacov-stats',
  ],
  [
    ["a.lua", "--reporter", "junit"],
    "junit shows test results: --test-reporter junit; the reporters are clover, cobertura, html, html-spa, json, json-summary, lcov, lcovonly, none, teamcity, text, text-lcov, text-summary, html-lua, partial, markdown, github, sonar, luacov, luacov-stats",
  ],
  [
    ["a.lua", "--test-reporter", "html"],
    'Unknown test reporter "html": it shows coverage (--reporter html), and the test reporters are default, dot, tap, junit, json, github',
  ],
  [
    ["a.lua", "--temp-dir", "a.lua"],
    "Cannot write to <folder>/a.lua: EEXIST: file already exists, mkdir '<folder>/a.lua'",
  ],
  [
    ["a.lua", "--reporter", "lcov", "--report-dir", "a.lua"],
    "Cannot write to <folder>/a.lua: EEXIST: file already exists, mkdir '<folder>/a.lua'",
  ],
  [["report", "a.lua"], 'report takes no operand, but was given "a.lua"; see luacov-ts --help'],
  [
    ["check-coverage", "a", "b"],
    'check-coverage takes no operand, but was given "a b"; see luacov-ts --help',
  ],
  [["merge"], "merge takes a folder and a file to write; see luacov-ts --help"],
  [["merge", "a", "b", "c"], "merge takes a folder and a file to write; see luacov-ts --help"],
];

test("a mistake is explained in one sentence, and the exit code is 2", async () => {
  const folder = makeFolder({ "a.lua": 'require "src.m"', "src/m.lua": "return 1" });
  const answers = await Promise.all(mistakes.map(([args]) => runCli(folder, args)));
  const found = answers.map(({ code, stderr }, index) => [mistakes[index]?.[0], stderr, code]);
  expect(found).toEqual(mistakes.map(([args, sentence]) => [args, `ERROR: ${sentence}\n`, 2]));
});

test("--help lists every option, and wins over everything else", async () => {
  const { code, stdout, stderr } = await runCli(makeFolder({}), ["report", "--help", "--lines", "many"]);
  expect([code, stderr]).toEqual([0, ""]);
  // As it was before its lines were broken.
  const text = stdout.replace(/\s+/g, " ");
  for (const key of optionKeys) {
    const { kind, placeholder, help } = optionTable[key];
    const flag = kind === "boolean" ? `--[no-]${dashed(key)}` : `--${dashed(key)} ${placeholder}`;
    expect(text).toContain(` ${flag} ${help}`);
  }
  const own = ["--nycrc-path", "--debug-files", "--rerun-failed", "--watch", "-h, --help", "-v, --version"];
  const shown = stdout.slice(stdout.indexOf("Only on the command line"));
  expect(own.filter((flag) => !shown.includes(`\n  ${flag} `))).toEqual([]);
  expect(stdout).not.toContain("undefined");
});

test.for([
  { columns: 40, most: 60 },
  { columns: 80, most: 80 },
  { columns: 90, most: 90 },
  { columns: 250, most: 100 },
])("in a terminal of $columns columns, help has lines of up to $most", ({ columns, most }) => {
  const lines = helpText(columns).split("\n");
  // Commands are not broken.
  const broken = lines.filter((line) => !line.startsWith("  luacov-ts "));
  const longest = Math.max(...broken.map(({ length }) => length));
  expect([longest <= most, longest > most - 10]).toEqual([true, true]);
  const titles = ["Usage:", ...optionGroups.map(({ title }) => `${title}:`), "Exit code:"];
  expect(lines.filter((line) => titles.includes(line))).toEqual(titles);
});

test("--version is that of the package", async () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { code, stdout } = await runCli(makeFolder({}), ["--version"]);
  expect([code, stdout]).toEqual([0, `${manifest.version}\n`]);
});

test("the last of a flag and its negation wins", async () => {
  const folder = makeFolder({ "a.lua": 'require "m"', "m.lua": "return 1", "never.lua": "return 1" });
  const all = await runCli(folder, ["a.lua", "--no-all", "--all", "--reporter", "text"]);
  const notAll = await runCli(folder, ["a.lua", "--all", "--no-all", "--reporter", "text"]);
  expect(all.stdout).toContain("never.lua");
  expect(notAll.stdout).not.toContain("never.lua");
});
