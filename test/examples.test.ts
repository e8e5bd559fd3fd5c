import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import istanbul, { type FileCoverageData } from "istanbul-lib-coverage";
import { describe, expect, test } from "vitest";
import { root, runExample } from "./command.js";

const projects = readdirSync(path.join(root, "examples")).filter((name) => name !== "github-actions");

test.each(projects)("the tests of the example %s pass", (name) => {
  const { code, output } = runExample(name);
  expect(output).toMatch(/^[1-9]\d* passed, 0 failed$/m);
  expect(code).toBe(0);
});

test("the calculator is covered by its tests", () => {
  const { coverage } = runExample("arithmetic");
  const summary = istanbul.createCoverageMap(coverage).getCoverageSummary().data;
  expect(summary.lines.pct).toBe(100);
  expect(summary.statements.pct).toBe(100);
  expect(summary.functions).toMatchObject({ total: 19, covered: 19 });
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

/** An `end` is left out: whether it is a line of its own depends on how statements are told apart. */
function uncoveredLines(file: string, data: FileCoverageData): string[] {
  const text = readFileSync(file, "utf8").split("\n");
  return istanbul
    .createFileCoverage(data)
    .getUncoveredLines()
    .map((line) => `${line}: ${text[Number(line) - 1]?.trim()}`)
    .filter((line) => !line.endsWith(": end"));
}
