import path from "node:path";
import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/arguments/flags.js";
import { loadConfig } from "../../src/config/load.js";
import { makeProject } from "../support/project.js";

test("without configuration every option has nyc's default, and every path is absolute", async () => {
  const cwd = makeProject({});
  const half = [50, 80];
  expect(await loadConfig({ cwd })).toMatchObject({
    cwd,
    all: false,
    include: [],
    exclude: [],
    extension: [".lua"],
    luaPath: [],
    reporter: ["text", "lcovonly", "html-lua"],
    reportDir: path.join(cwd, "coverage"),
    open: false,
    tempDir: path.join(cwd, ".nyc_output"),
    clean: true,
    checkCoverage: false,
    thresholds: { lines: 90, functions: 0, branches: 0, statements: 0, conditions: 0 },
    globThresholds: [],
    perFile: false,
    watermarks: { lines: half, functions: half, branches: half, statements: half },
    skipFull: false,
    skipEmpty: false,
  });
});

const settings = {
  all: true,
  include: "src",
  exclude: ["a", "b"],
  "report-dir": "out",
  tempDir: "/tmp/elsewhere",
  lines: 12.5,
  watermarks: { lines: [1, 2] },
};

test.for([
  [".nycrc.json", { ".nycrc.json": settings }],
  [".nycrc", { ".nycrc": settings }],
  ["package.json", { "package.json": { nyc: settings } }],
  [".nycrc.yml", { ".nycrc.yml": JSON.stringify(settings) }],
  ["nyc.config.cjs", { "nyc.config.cjs": `module.exports = ${JSON.stringify(settings)}` }],
] as const)("options are read from %s, with dashes or capitals", async ([, files]) => {
  const cwd = makeProject(files);
  expect(await loadConfig({ cwd })).toMatchObject({
    all: true,
    include: ["src"],
    exclude: ["a", "b"],
    reportDir: path.join(cwd, "out"),
    tempDir: path.resolve("/tmp/elsewhere"),
    thresholds: { lines: 12.5, functions: 0 },
    watermarks: { lines: [1, 2], functions: [50, 80] },
  });
});

test("given options win over .nycrc.json, which wins over package.json; lists are replaced, not joined", async () => {
  const cwd = makeProject({
    "package.json": { nyc: { lines: 1, functions: 1, branches: 1, include: ["a"] } },
    ".nycrc.json": { lines: 2, functions: 2, include: ["b"] },
  });
  expect(await loadConfig({ cwd, lines: 3 })).toMatchObject({
    thresholds: { lines: 3, functions: 2, branches: 1, statements: 0 },
    include: ["b"],
  });
});

test("what is extended wins, the last of several first, as in nyc", async () => {
  const cwd = makeProject({
    ".nycrc.json": { extends: ["./a.json", "b.json"], lines: 1, functions: 1, branches: 1, statements: 1 },
    "a.json": { lines: 2, functions: 2, extends: "deep/c.json" },
    "b.json": { lines: 3 },
    "deep/c.json": { statements: 4 },
  });
  expect((await loadConfig({ cwd })).thresholds).toEqual({
    lines: 3,
    functions: 2,
    branches: 1,
    statements: 4,
    conditions: 0,
  });
});

test("the configuration is found from a folder below; the root is where package.json is, or cwd says", async () => {
  const folder = makeProject({
    "package.json": {},
    ".nycrc.json": { lines: 1 },
    "sub/deep/a.lua": "",
    "other/my.json": { cwd: "../sub", lines: 2 },
  });
  const from = (cwd: string, more = {}) => loadConfig({ cwd: path.join(folder, cwd), ...more });
  expect(await from("sub/deep")).toMatchObject({
    cwd: path.join(folder, "sub/deep"),
    thresholds: { lines: 1 },
  });
  expect(await from(".", { nycrcPath: "other/my.json" })).toMatchObject({
    cwd: folder,
    thresholds: { lines: 2 },
  });
});

test("reporters of profiles are one or several, from a configuration or flags", async () => {
  const cwd = makeProject({ ".nycrc.json": { "profile-reporter": "flamegraph", "profile-by": "line" } });
  const { profileReporter, profileBy, profileSort, profileLimit } = await loadConfig({ cwd });
  expect([profileReporter, profileBy, profileSort, profileLimit]).toEqual([
    ["flamegraph"],
    "line",
    "self",
    20,
  ]);
  const flags = [
    "--profile-reporter",
    "table",
    "--profile-reporter",
    "svg",
    "--profile-sort",
    "name",
    "--profile-limit",
    "3",
  ];
  const given = await loadConfig({ cwd, ...parseCommandLine(flags).options });
  expect([given.profileReporter, given.profileSort, given.profileLimit]).toEqual([
    ["table", "svg"],
    "name",
    3,
  ]);
});
