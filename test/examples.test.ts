import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import istanbul, { type FileCoverageData } from "istanbul-lib-coverage";
import { describe, expect, test } from "vitest";
import { root, runExample } from "./command.js";
import { makeFolder } from "./support/folder.js";
import { testWith } from "./support/tools.js";

const others = ["ci", "editors", "github-actions", "native"];
const projects = readdirSync(path.join(root, "examples")).filter((name) => !others.includes(name));

test.each(projects)("the tests of the example %s pass", (name) => {
  const { code, output } = runExample(name);
  expect(output).toMatch(/^[1-9]\d* passed, 0 failed(, 1 pending)?$/m);
  expect(code).toBe(0);
});

test("the calculator is covered by its tests", () => {
  const { coverage } = runExample("arithmetic");
  const summary = istanbul.createCoverageMap(coverage).getCoverageSummary().data;
  expect(summary).toMatchObject({
    statements: { total: 91, covered: 91 },
    branches: { total: 56, covered: 56 },
    functions: { total: 19, covered: 19 },
    lines: { total: 91, covered: 91 },
  });
});

test("events are covered by their specs", () => {
  const { coverage } = runExample("events");
  const summary = istanbul.createCoverageMap(coverage).getCoverageSummary().data;
  expect(summary).toMatchObject({
    statements: { total: 30, covered: 30 },
    functions: { total: 7, covered: 7 },
  });
});

testWith(
  "lua5.1",
  "lua5.4",
  "luajit",
)("the Luas of the workflow run the examples as one, and a branch for one of them is covered", () => {
  const workflow = readFileSync(path.join(root, "examples/github-actions/luas.yml"), "utf8");
  const luas = [...workflow.matchAll(/--lua (\S+)/g)].map(([, lua = ""]) => lua);
  expect(luas).toEqual(["lua5.1", "lua5.4", "luajit"]);
  const args = luas.flatMap((lua) => ["--lua", lua]);
  const { code, output, coverage } = runExample("events", "--test-reporter", "tap", ...args);
  expect([code, output.match(/^not ok.*/m)]).toEqual([0, null]);
  for (const lua of luas) expect(output).toContain(`examples/events/spec/events_spec.lua (${lua})`);
  const [file] = Object.values(coverage);
  const compat = Object.entries(file?.branchMap ?? {}).find(([, { loc }]) => loc.start.line === 4)?.[0] ?? "";
  // Each Lua has `unpack` or needs the other one.
  expect([file?.b[compat], file?.bT?.[compat]]).toEqual([[3, 1], [2]]);
});

test("the example of a test reporter writes a line for each test", () => {
  const file = path.join(makeFolder({}), "tests.csv");
  runExample("shipping", "--test-reporter", `./examples/shipping/csv-reporter.mjs=${file}`);
  expect(readFileSync(file, "utf8")).toMatch(
    /^file,test,status,milliseconds\n"examples\/shipping\/test\/shipping\.lua","",success,\d+\n$/,
  );
});

describe("the gap in the tests of shipping", () => {
  test("shows up as uncovered lines", () => {
    const { file, data } = fileOf("shipping", "shipping.lua");
    expect(uncoveredLines(file, data)).toEqual([
      '12: return nil, "unknown zone: " .. tostring(zone)',
      "16: price = price + 25",
      '27: table.insert(lines, 1, "EXPRESS")',
      '34: local days = zone == "domestic" and 2 or 5',
      "35: if express then",
      "36: days = days - 1",
      "38: return days",
    ]);
  });

  test("shows up as branches that were never taken", () => {
    const { data } = fileOf("shipping", "shipping.lua");
    const arms = Object.entries(data.branchMap).map(([key, { type, loc }]) => [
      loc.start.line,
      type,
      data.b[key],
    ]);
    expect(arms).toEqual([
      [11, "if", [0, 2]],
      [15, "if", [0, 2]],
      [17, "if", [1, 1]],
      [17, "binary-expr", [2, 1]],
      [26, "if", [0, 1]],
      [34, "binary-expr", [0, 0, 0]],
      [35, "if", [0, 0]],
    ]);
  });

  test("shows up as a function that was never called", () => {
    const { data } = fileOf("shipping", "shipping.lua");
    const calls = Object.entries(data.fnMap).map(([key, { name }]) => [name, data.f[key]]);
    expect(calls).toEqual([
      ["shipping.price", 2],
      ["shipping.label", 1],
      ["shipping.days", 0],
    ]);
  });

  test("includes a file that nothing loads", () => {
    const { data } = fileOf("shipping", "customs.lua");
    expect(new Set(Object.values(data.s))).toEqual(new Set([0]));
    expect(data.f).toEqual({ 0: 0 });
  });

  test("fails a threshold", () => {
    const { code, output } = runExample("shipping", "--check-coverage", "--lines", "90");
    expect(output).toMatch(/^ERROR: Coverage for lines \([\d.]+%\) does not meet global threshold \(90%\)$/m);
    expect(code).toBe(1);
  });
});

function fileOf(example: string, name: string): { file: string; data: FileCoverageData } {
  const { coverage } = runExample(example);
  const file = path.join(root, "examples", example, "src", name);
  const data = coverage[file];
  if (data === undefined) throw new Error(`${file} is not in the coverage map`);
  return { file, data };
}

function uncoveredLines(file: string, data: FileCoverageData): string[] {
  const text = readFileSync(file, "utf8").split("\n");
  return istanbul
    .createFileCoverage(data)
    .getUncoveredLines()
    .map((line) => `${line}: ${text[Number(line) - 1]?.trim()}`);
}
