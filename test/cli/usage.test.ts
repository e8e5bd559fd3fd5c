import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ownFlags } from "../../src/cli/arguments/ownFlags.js";
import { helpText } from "../../src/cli/help/help.js";
import { commandNames } from "../../src/config/commands/commandNames.js";
import { dashed, optionKeys, optionTable } from "../../src/config/options/options.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));
test("a clone that is not built says so", () => {
  const folder = makeFolder({
    "package.json": '{ "type": "module" }',
    "bin/luacov-ts.js": readFileSync(bin, "utf8"),
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, "bin/luacov-ts.js")], {
    encoding: "utf8",
  });
  const sentence = `ERROR: luacov-ts is not built in ${folder}${path.sep}; run npm ci and npm run build there\n`;
  expect([status, stdout, stderr]).toEqual([2, "", sentence]);
});

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
  [
    ["merge", "--jobs", "2"],
    "merge has no --jobs: it is an option of a run of tests, run, exec, cover, trace, profile and mutate; see luacov-ts --help",
  ],
  [
    ["--list", "report"],
    "report has no --list: it is an option of a run of tests and mutate; see luacov-ts --help",
  ],
  [
    ["-v", "spec"],
    "-v shows the version, and stands alone; failures are always shown with all that is known of them, so leave out busted's -v; see luacov-ts --help",
  ],
  [
    ["-e", "x = 1"],
    "There is no -e here: put the statement into a file, and have that run before the specs by --helper FILE; see luacov-ts --help",
  ],
  [["-C", "nowhere"], "Cannot go to nowhere: there is no such folder"],
  [["--pattern", "[", "."], "\"[\" cannot be used as a Lua pattern: malformed pattern (missing ']')"],
  [["--filter", "%", "."], "\"%\" cannot be used as a Lua pattern: malformed pattern (ends with '%')"],
  [["-l", "--filter-out", "["], "\"[\" cannot be used as a Lua pattern: malformed pattern (missing ']')"],
  [["a.lua:1"], "There is no test at line 1 of a.lua: it is a script, which is one test as a whole"],
  [
    ["completion", "bsh"],
    'completion knows no shell "bsh" (bash?), but bash, zsh, fish; see luacov-ts --help',
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
  [
    ["--watermarks", "lnes=1,2"],
    'Unknown key "lnes" in "watermarks" in the given options, perhaps "lines"; there may be lines, functions, branches and statements',
  ],
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
    'Unknown test reporter "html": it shows coverage (--reporter html), and the test reporters are default, dot, quiet, tap, junit, json, github',
  ],
  [
    ["a.lua", "--temp-dir", "a.lua"],
    "Cannot write to <folder>/a.lua (temp-dir): it is no folder; name another one, or remove what is there",
  ],
  [
    ["a.lua", "--reporter", "lcov", "--report-dir", "a.lua/x"],
    "Cannot write to <folder>/a.lua/x (report-dir): <folder>/a.lua is no folder; name another one, or remove what is there",
  ],
  [
    ["run", "a.lua", "--report-dir", "a.lua"],
    "Cannot write to <folder>/a.lua (report-dir): it is no folder; name another one, or remove what is there",
  ],
  [
    ["cover", "--temp-dir", "a.lua", "--", "false"],
    "Cannot write to <folder>/a.lua (temp-dir): it is no folder; name another one, or remove what is there",
  ],
  [
    ["mutate", "--report-dir", "a.lua"],
    "Cannot write to <folder>/a.lua (report-dir): it is no folder; name another one, or remove what is there",
  ],
  [
    ["a.lua", "--test-record", "src"],
    "Cannot write to <folder>/src (test-record): it is a folder; name a file in it, or another one",
  ],
  [
    ["trace", "-o", "src", "a.lua"],
    "Cannot write to <folder>/src: a folder is where a file must be; name a file in it, or another place",
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

test("help options lists every option", () => {
  // As it was before its lines were broken.
  const text = helpText("options", 80).replace(/\s+/g, " ");
  for (const key of optionKeys) {
    const { kind, placeholder, help } = optionTable[key];
    const flag = kind === "boolean" ? `--[no-]${dashed(key)}` : `--${dashed(key)} ${placeholder}`;
    expect(text).toContain(` ${flag} ${help}`);
  }
  expect(ownFlags.filter(({ flag, help }) => !text.includes(`--${flag} `) || !text.includes(help))).toEqual(
    [],
  );
  expect(text).not.toContain("undefined");
});

test("--help wins over everything else, and is about the command", async () => {
  const folder = makeFolder({});
  const lines = [
    ["report", "--help", "--lines", "many"],
    ["help", "report"],
    ["exec", "--help"],
    ["cover", "-h", "--", "x"],
    ["trace", "--help"],
    ["dap", "--help"],
    ["tests", "--help"],
    ["help", "tests"],
  ];
  const answers = await Promise.all(lines.map((line) => runCli(folder, line)));
  const firsts = answers.map(({ code, stdout, stderr }) => [code, stderr, stdout.split(":")[0]]);
  const commands = ["report", "report", "exec", "cover", "trace", "dap", "tests", "tests"];
  expect(firsts).toEqual(commands.map((command) => [0, "", `luacov-ts ${command}`]));
});

const topics = [null, "options", ...commandNames];

test.for([80, 120])("help in a terminal of %i columns", async (columns) => {
  const texts = topics.map((topic) => `### ${topic ?? "luacov-ts --help"}\n\n${helpText(topic, columns)}`);
  await expect(texts.join("\n")).toMatchFileSnapshot(`help/${columns}.txt`);
});

test("--help fits on a screen of 40 lines", () => {
  expect(helpText(null, 80).split("\n").length).toBeLessThanOrEqual(40);
});

test.for([
  { columns: 40, most: 60 },
  { columns: 80, most: 80 },
  { columns: 90, most: 90 },
  { columns: 250, most: 100 },
])("in a terminal of $columns columns, help has lines of up to $most", ({ columns, most }) => {
  const lines = topics.flatMap((topic) => helpText(topic, columns).split("\n"));
  // What is to be typed is not broken.
  const broken = lines.filter((line) => !line.startsWith("  luacov-ts "));
  const longest = Math.max(...broken.map(({ length }) => length));
  expect([longest <= most, longest > most - 10]).toEqual([true, true]);
});

test("--version has that of the package on its first line, then Node's and the Luas", async () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const { code, stdout } = await runCli(makeFolder({}), ["--version"]);
  const [version, node, embedded, found] = stdout.split("\n");
  expect([code, version]).toEqual([0, manifest.version]);
  expect(node).toContain(`Node ${process.versions.node} `);
  expect(embedded).toMatch(/^Lua, embedded: 5\.1\.5, .*, fengari \(5\.3\)$/);
  expect(found).toMatch(/^Lua, found: /);
});

test("the last of a flag and its negation wins", async () => {
  const folder = makeFolder({ "a.lua": 'require "m"', "m.lua": "return 1", "never.lua": "return 1" });
  const all = await runCli(folder, ["a.lua", "--no-all", "--all", "--reporter", "text"]);
  const notAll = await runCli(folder, ["a.lua", "--all", "--no-all", "--reporter", "text"]);
  expect(all.stdout).toContain("never.lua");
  expect(notAll.stdout).not.toContain("never.lua");
});

test("in a folder that somebody has removed a command says so, and goes to another", async () => {
  const folder = makeFolder({ "there/a_test.lua": "print 'here'\n" });
  const script = `mkdir gone && cd gone && rmdir ../gone && exec "$@"`;
  const run = (...args: readonly string[]) =>
    spawnSync("sh", ["-c", script, "sh", process.execPath, bin, ...args], { cwd: folder, encoding: "utf8" });
  const { status, stdout, stderr } = run("a_test.lua");
  expect([status, stdout, stderr]).toEqual([
    2,
    "",
    "ERROR: The current folder is gone; go to one that is there, or name one by -C\n",
  ]);
  const there = run("--no-coverage", "-C", path.join(folder, "there"), "a_test.lua");
  expect([there.status, there.stdout.split("\n").includes("here")]).toEqual([0, true]);
});
