import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";

const files = {
  "luacov-ts.config.jsonc": `{
    "reporter": ["text"],
    "projects": [
      { "name": "new", "tests": ["test"], "lua": ["5.4"] },
      { "name": "old", "tests": ["test"], "lua": ["5.1"], "lua-path": ["src/?.lua"] },
      "packages/*"
    ]
  }`,
  "src/version.lua": 'return function(n)\n  if n > 1 then return "many" end\n  return _VERSION\nend\n',
  "test/version.lua": 'assert(require "src.version"(0) == _VERSION)',
  "src/one.lua": "return 1",
  // The same path in another root.
  "packages/a/src/one.lua": "local n = 0\nreturn { one = n }",
  "packages/a/test/one.lua": 'assert(require "src.one".one == 0)',
  "packages/b/.nycrc.json": { include: ["src/**"] },
  "packages/b/src/two.lua": "return 2",
  "packages/b/spec/helper.lua": "",
  "packages/b/spec/two_spec.lua": 'it("is two", function()\n  assert.equal(2, require "src.two")\nend)',
  "packages/none/src/three.lua": "return 3",
};

/** The lines of tests and of the table's files, without their times and widths. */
function shown(stdout: string): readonly string[] {
  const lines = stdout.replace(/ \(N ms\)/g, "").split("\n");
  return lines
    .filter((line) => /^( *[✔✖]|\d+ passed| +\S+\.lua )/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/ +\| .*\| */, " | ")
        .trim(),
    );
}

const covered = ["one.lua |", "two.lua |", "version.lua | 2->then"];

test("the tests of each project run by its own options, and are reported as one", async () => {
  const folder = makeProject(files);
  const { code, stdout, stderr } = await runCli(folder, []);
  expect([code, stderr, shown(stdout)]).toEqual([
    0,
    "",
    [
      "✔ test/version.lua (new, 5.4)",
      "✔ test/version.lua (old, 5.1)",
      "✔ packages/a/test/one.lua (packages/a)",
      "✔ packages/b/spec/two_spec.lua (packages/b)  1 test",
      "4 passed, 0 failed",
      ...covered,
    ],
  ]);
  const again = await runCli(folder, ["report"]);
  expect(shown(again.stdout)).toEqual(covered);
});

test.for<[args: readonly string[], tests: readonly string[], sources: readonly string[]]>([
  [["--project", "packages/a"], ["✔ packages/a/test/one.lua", "1 passed, 0 failed"], ["one.lua |"]],
  [["--project", "*e*"], ["✔ test/version.lua (5.4)", "1 passed, 0 failed"], ["version.lua | 2->then"]],
  [
    ["--project", "old", "--project", "packages/b"],
    [
      "✔ test/version.lua (old, 5.1)",
      "✔ packages/b/spec/two_spec.lua (packages/b)  1 test",
      "2 passed, 0 failed",
    ],
    ["two.lua |", "version.lua | 2->then"],
  ],
  [
    ["test/version.lua", "packages/a"],
    [
      "✔ test/version.lua (new, 5.4)",
      "✔ test/version.lua (old, 5.1)",
      "✔ packages/a/test/one.lua (packages/a)",
      "3 passed, 0 failed",
    ],
    ["one.lua |", "version.lua | 2->then"],
  ],
])("%j runs %j", async ([args, tests, sources]) => {
  const { code, stdout, stderr } = await runCli(makeProject(files), args);
  expect([code, stderr, shown(stdout)]).toEqual([0, "", [...tests, ...sources]]);
});

test("what a project alone has measured is of its own sources, beside what was there", async () => {
  const folder = makeProject(files);
  await runCli(folder, ["--project", "packages/b"]);
  const { stdout } = await runCli(folder, ["--project", "packages/a", "--no-clean"]);
  expect(shown(stdout)).toEqual([
    "✔ packages/a/test/one.lua",
    "1 passed, 0 failed",
    "one.lua |",
    "two.lua |",
  ]);
  const report = await runCli(folder, ["report", "--reporter", "lcovonly"]);
  expect([report.code, report.stderr]).toEqual([0, ""]);
  const sources = readFileSync(path.join(folder, "coverage/lcov.info"), "utf8").match(/^SF:.*$/gm);
  expect(sources).toEqual(["SF:packages/a/src/one.lua", "SF:packages/b/src/two.lua"]);
});

const failing = {
  ...files,
  "test/version.lua": 'assert(_VERSION == "Lua 5.4")',
  "packages/b/spec/two_spec.lua": 'it("is two", function() end) it("fails", function() error "no" end)',
};

test("of each project it is known what has failed, and others than failed do not run again", async () => {
  const folder = makeProject(failing);
  const first = await runCli(folder, ["--reporter", "none", "--test-reporter", "tap"]);
  expect([first.code, first.stdout.match(/^(not )?ok .*$/gm)]).toEqual([
    1,
    [
      "ok 1 - test/version.lua (new, 5.4)",
      "not ok 2 - test/version.lua (old, 5.1)",
      "ok 3 - packages/a/test/one.lua (packages/a)",
      "ok 4 - packages/b/spec/two_spec.lua (packages/b): is two",
      "not ok 5 - packages/b/spec/two_spec.lua (packages/b): fails",
    ],
  ]);
  const again = await runCli(folder, ["--reporter", "none", "--test-reporter", "tap", "--rerun-failed"]);
  expect(again.stdout.match(/^(not )?ok .*$/gm)).toEqual([
    "not ok 1 - test/version.lua (old, 5.1)",
    "not ok 2 - packages/b/spec/two_spec.lua (packages/b): fails",
  ]);
  const records = readdirSync(path.join(folder, ".nyc_output/luacov-ts")).filter((name) =>
    name.startsWith("tests"),
  );
  expect(records.length).toBe(4);
});

test("the tests of a project with a .busted that names none are its own, too", async () => {
  const folder = makeProject({
    ...files,
    "packages/a/.busted": "return {}",
    "packages/none/.busted": "return {}",
  });
  const { code, stderr, stdout } = await runCli(folder, ["--project", "packages/*"]);
  expect([code, stderr, shown(stdout)]).toEqual([
    0,
    "",
    [
      "✔ packages/a/test/one.lua (packages/a)",
      "✔ packages/b/spec/two_spec.lua (packages/b)  1 test",
      "2 passed, 0 failed",
      "one.lua |",
      "two.lua |",
    ],
  ]);
});

test("results for programs have the project; a limit of failures is that of the whole run", async () => {
  const folder = makeProject(failing);
  const { stdout } = await runCli(folder, ["--reporter", "none", "--bail", "1", "--test-reporter", "json"]);
  const report: { files: { file: string; project: string }[]; notRun: number } = JSON.parse(stdout);
  expect(report.files.map(({ file, project }) => [file, project])).toEqual([
    ["test/version.lua", "new"],
    ["test/version.lua", "old"],
  ]);
  expect(report.notRun).toBe(2);
});

test("the tests of each project are listed, with their project", async () => {
  const folder = makeProject(failing);
  const [all, some, none, broken] = await Promise.all([
    runCli(folder, ["--list"]),
    runCli(folder, ["--list", "--project", "old", "--project", "packages/b", "packages"]),
    runCli(folder, ["--list", "packages/none"]),
    runCli(
      makeProject({ ...files, "packages/b/spec/two_spec.lua": "describe('b', function() error 'no' end)" }),
      ["--list"],
    ),
  ]);
  expect([all.code, all.stderr, all.stdout]).toEqual([
    0,
    "",
    `test/version.lua (new)
test/version.lua (old)
packages/a/test/one.lua (packages/a)
packages/b/spec/two_spec.lua:1: is two (packages/b)
packages/b/spec/two_spec.lua:1: fails (packages/b)
`,
  ]);
  expect([some.code, some.stdout]).toEqual([
    0,
    "packages/b/spec/two_spec.lua:1: is two (packages/b)\npackages/b/spec/two_spec.lua:1: fails (packages/b)\n",
  ]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('"packages/none"')]);
  expect([broken.code, broken.stderr]).toEqual([
    1,
    expect.stringMatching(/^ERROR: packages\/b: packages\/b\/spec\/two_spec\.lua: /),
  ]);
  expect(broken.stdout).toContain("test/version.lua (new)\n");
});

test.for<[projects: unknown, more: Readonly<Record<string, string>>, message: string]>([
  [
    "packages",
    {},
    '"projects" in <folder>/luacov-ts.config.json is "packages", but must be a list of folders, and of objects with a "name" and options',
  ],
  [["lib/*"], {}, '"projects" in <folder>/luacov-ts.config.json names "lib/*", and there is no such folder'],
  [[{ lua: ["5.1"] }], {}, 'A project in <folder>/luacov-ts.config.json has no "name": {"lua":["5.1"]}'],
  [
    [{ name: "a" }, { name: "a" }],
    {},
    'Cannot read the configuration <folder>/luacov-ts.config.json: two projects have the name "a"',
  ],
  [
    [{ name: "a", luas: "5.1" }],
    {},
    'Unknown key "luas" in <folder>/luacov-ts.config.json (project "a"), perhaps "lua"; luacov-ts --help lists the keys',
  ],
  [
    ["lib"],
    { "lib/luacov-ts.config.json": '{ "projects": ["."] }' },
    "Cannot read the configuration <folder>/lib/luacov-ts.config.json: a project has projects of its own",
  ],
  [
    [{ name: "a", tests: ["none"] }],
    {},
    'In the project "a": No test file matches "none" in <folder>; give a file, a folder, or a quoted glob such as "test/**/*.lua"',
  ],
  [[{ name: "a" }, { name: "b" }], {}, 'No project has any test file; there are "a" and "b"'],
])("projects %j are refused", async ([projects, more, message]) => {
  const folder = makeProject({ "luacov-ts.config.json": { projects }, ...more });
  const { code, stderr } = await runCli(folder, ["--reporter", "none"]);
  expect([code, stderr]).toEqual([2, `ERROR: ${message}\n`]);
});

test.for([["--alone"], ["debug"], ["trace", "test"], ["profile"], ["--project", "x"]])(
  "%j wants one of the projects",
  async (args) => {
    const { code, stderr } = await runCli(makeProject(files), args);
    const names = '"new", "old", "packages/a", "packages/b" and "packages/none"';
    const sentence =
      args[1] === "x"
        ? `No project matches "x": there are ${names}`
        : `${args[0] === "profile" ? "a profile" : args[0]} is about one project; --project NAME says which of ${names}`;
    expect([code, stderr]).toEqual([2, `ERROR: ${sentence}; see luacov-ts --help\n`]);
  },
);

/** Without the Luas of the machine. */
const nowhere = { PATH: "/nowhere" };

test("doctor looks at each project under its name, and init changes nothing", async () => {
  const folder = makeProject({
    ...files,
    "packages/b/spec/two_spec.lua": 'it("is two", function() two() end',
  });
  const doctor = await runCli(folder, ["doctor"], nowhere);
  expect([doctor.code, doctor.stderr]).toEqual([1, ""]);
  const screens = doctor.stdout.split(/^Project (?=\S)(?=.*\n(?:luacov-ts|It has) )/m).slice(1);
  const told = screens.map((screen) => screen.replace(/\s+/g, " "));
  expect(told.map((screen) => screen.split(" ")[0])).toEqual([
    "new",
    "old",
    "packages/a",
    "packages/b",
    "packages/none",
  ]);
  expect(told[0]).toContain("Tests 1 file (1 script), in 5.4: test/version.lua");
  expect(told[1]).toContain("Nothing to mend. Next: luacov-ts --project old");
  expect(told[3]).toContain("To do: 1. spec/two_spec.lua has a syntax error in line 1, ");
  expect(told[4]).toContain("It has no tests, and is left out.");
  const { stdout } = await runCli(folder, ["doctor", "--json"], nowhere);
  expect(JSON.parse(stdout)).toMatchObject({
    projects: [
      { name: "new", luas: ["5.4"] },
      { name: "old", luas: ["5.1"] },
      { name: "packages/a", root: "<folder>/packages/a", rootReason: "as configured" },
      { name: "packages/b", tests: [{ name: "spec/two_spec.lua", style: null }] },
      { name: "packages/none", problems: [] },
    ],
  });
  const without = makeProject({ "luacov-ts.config.json": { projects: ["a"] }, "a/b.lua": "" });
  const none = await runCli(without, ["doctor"], nowhere);
  expect([none.code, none.stdout]).toEqual([1, expect.stringContaining("1. There is no test here, nor in")]);
  const init = await runCli(folder, ["init"], nowhere);
  expect(init).toEqual({
    code: 0,
    stdout:
      'The configuration has the projects "new", "old", "packages/a", "packages/b" and "packages/none", and stays as it is: luacov-ts doctor says what each of them lacks, and luacov-ts init --project NAME shows it for one.\n',
    stderr: "",
  });
});
