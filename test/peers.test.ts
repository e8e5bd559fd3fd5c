import { existsSync } from "node:fs";
import path from "node:path";
import { expect, type TestContext, test } from "vitest";
import { reporterNames } from "../src/report/reports.js";
import { type ExampleRun, root, runExample, start } from "./command.js";

const lcovOf = ({ folder }: ExampleRun) => path.join(folder, "coverage", "lcov.info");
const summary = /^(Statements|Branches|Functions|Lines) .*$/gm;

test("genhtml renders lcov.info and finds every source", (context) => {
  needs(context, "genhtml", "lcov");
  const run = runExample("*", "--reporter", "lcovonly");
  const pages = path.join(run.folder, "pages");
  const { code, output } = start("genhtml", [lcovOf(run), "--output-directory", pages]);
  expect(output).toMatch(/functions\.+: \d+\.\d% \(28 of 30 functions\)/);
  expect(output).not.toMatch(/warning|error/i);
  expect(code).toBe(0);
  expect(existsSync(path.join(pages, "shipping/src/shipping.lua.gcov.html"))).toBe(true);
});

test("lcov --summary counts what text-summary counts", (context) => {
  needs(context, "lcov", "lcov");
  const run = runExample("*", "--reporter", "lcovonly", "--reporter", "text-summary");
  const { code, output } = start("lcov", ["--summary", lcovOf(run)]);
  expect(code).toBe(0);
  const [, covered, total] = /^Lines .* \( (\d+)\/(\d+) \)$/m.exec(run.output) ?? [];
  expect(output).toContain(`(${covered} of ${total} lines)`);
  expect(output).toContain("(28 of 30 functions)");
});

test("nyc report reads the temp-dir and finds the same totals", () => {
  const { folder, output } = runExample("*", "--reporter", "text-summary");
  const folders = ["--temp-dir", path.join(folder, ".nyc_output"), "--report-dir", path.join(folder, "nyc")];
  // The repository's .nycrc.json has the "extension" without which nyc leaves .lua files out.
  const nyc = start(process.execPath, [nycScript(), "report", "--reporter", "text-summary", ...folders]);
  expect(nyc.code).toBe(0);
  expect(nyc.output.match(summary)).toHaveLength(4);
  expect(nyc.output.match(summary)).toEqual(output.match(summary));
});

test.each(reporterNames)("the Istanbul reporter %s runs", (name) => {
  const { code, output } = runExample("shipping", "--reporter", name);
  expect(output).not.toContain("ERROR");
  expect(code).toBe(0);
});

/** Without its tool a test is skipped on a developer's machine; in CI it fails. */
function needs(context: TestContext, tool: string, debianPackage: string): void {
  if (start(tool, ["--version"]).code === 0) return;
  const reason = `${tool} is not installed: apt-get install ${debianPackage}`;
  if (process.env.CI === "true") throw new Error(reason);
  context.skip(reason);
}

function nycScript(): string {
  return path.join(root, "node_modules/nyc/bin/nyc.js");
}
