import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { reporterNames } from "../src/report/reporterNames.js";
import { type ExampleRun, root, runExample, startNode, startTool } from "./command.js";
import { testWith } from "./support/tools.js";

const lcovOf = ({ folder }: ExampleRun) => path.join(folder, "coverage", "lcov.info");
const summary = /^(Statements|Branches|Functions|Lines) .*$/gm;

testWith("genhtml")("genhtml renders lcov.info and finds every source", () => {
  const run = runExample("*", "--reporter", "lcovonly");
  const pages = path.join(run.folder, "pages");
  const { code, output } = startTool("genhtml", [lcovOf(run), "--output-directory", pages]);
  expect(output).toMatch(/functions\.+: \d+\.\d% \(28 of 30 functions\)/);
  expect(output).not.toMatch(/warning|error/i);
  expect(code).toBe(0);
  expect(existsSync(path.join(pages, "shipping/src/shipping.lua.gcov.html"))).toBe(true);
});

testWith("lcov")("lcov --summary counts what text-summary counts", () => {
  const run = runExample("*", "--reporter", "lcovonly", "--reporter", "text-summary");
  const { code, output } = startTool("lcov", ["--summary", lcovOf(run)]);
  expect(code).toBe(0);
  const [, covered, total] = /^Lines .* \( (\d+)\/(\d+) \)$/m.exec(run.output) ?? [];
  expect(output).toContain(`(${covered} of ${total} lines)`);
  expect(output).toContain("(28 of 30 functions)");
});

test("nyc report reads the temp-dir and finds the same totals", () => {
  const { folder, output } = runExample("*", "--reporter", "text-summary");
  const folders = ["--temp-dir", path.join(folder, ".nyc_output"), "--report-dir", path.join(folder, "nyc")];
  // The repository's .nycrc.json has the "extension" without which nyc leaves .lua files out.
  const nyc = startNode([nycScript(), "report", "--reporter", "text-summary", ...folders]);
  expect(nyc.code).toBe(0);
  expect(nyc.output.match(summary)).toHaveLength(4);
  expect(nyc.output.match(summary)).toEqual(output.match(summary));
});

test.each(reporterNames)("the Istanbul reporter %s runs", (name) => {
  const { code, output } = runExample("shipping", "--reporter", name);
  expect(output).not.toContain("ERROR");
  expect(code).toBe(0);
});

function nycScript(): string {
  return path.join(root, "node_modules/nyc/bin/nyc.js");
}
