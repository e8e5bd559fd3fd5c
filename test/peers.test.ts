import { existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { reporterNames } from "../src/report/reporterNames.js";
import { type ExampleRun, root, runExample, startNode, startTool } from "./command.js";
import { runCli } from "./support/cli.js";
import { filesIn, makeFolder } from "./support/folder.js";
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

test("nyc report writes our pages, as we do", () => {
  const { folder } = runExample("*", "--reporter", "html-lua");
  const modules = makeFolder({});
  symlinkSync(root, path.join(modules, "luacov-ts"));
  const folders = ["--temp-dir", path.join(folder, ".nyc_output"), "--report-dir", path.join(folder, "nyc")];
  // Where packages are installed side by side, nyc finds the name without that.
  const environment = { NODE_PATH: modules };
  const nyc = startNode([nycScript(), "report", "--reporter", "luacov-ts/html-lua", ...folders], environment);
  expect(nyc).toEqual({ code: 0, output: "" });
  const pages = filesIn(path.join(folder, "nyc/html"));
  expect(Object.keys(pages)).toContain("examples/shipping/src/shipping.lua.html");
  expect(pages).toEqual(filesIn(path.join(folder, "coverage/html")));
});

test("a repository with JavaScript and Lua keeps both, and without --clean a run reports the sum, as nyc does", async () => {
  const folder = makeFolder({
    "package.json": "{}",
    ".nycrc.json": '{ "extension": [".js", ".lua"] }',
    "lib/a.js": "module.exports = (x) => {\n  return x ? 1 : 2;\n};\n",
    "main.js": 'require("./lib/a.js")(1);\n',
    "src/m.lua": "local function f()\n  return 1\nend\nreturn f\n",
    "test/a.lua": 'require "src.m"',
    "test/b.lua": 'require "src.m" ()',
  });
  const nyc = (...args: readonly string[]) => startNode([nycScript(), "--cwd", folder, ...args]);
  const lua = (...args: readonly string[]) => runCli(folder, [...args, "--reporter", "text-lcov"]);
  const files = (output: string) => output.match(/^SF:.*$/gm);
  expect(nyc("--reporter", "none", "node", path.join(folder, "main.js")).code).toBe(0);
  const alone = await lua("test/a.lua");
  expect(files(alone.stdout)).toEqual(["SF:src/m.lua"]);
  const sum = await lua("test/b.lua", "--no-clean");
  expect(files(sum.stdout)?.sort()).toEqual(["SF:lib/a.js", "SF:main.js", "SF:src/m.lua"]);
  expect(sum.stdout).toContain("DA:1,2\nDA:2,1\nDA:4,2\n");
  // Ours of before are removed, nyc's is not.
  const again = await lua("test/b.lua");
  expect(again.stdout).toContain("DA:1,1\nDA:2,1\nDA:4,1\n");
  const report = await lua("report");
  expect(files(report.stdout)?.sort()).toEqual(["SF:lib/a.js", "SF:main.js", "SF:src/m.lua"]);
  expect(files(nyc("report", "--reporter", "text-lcov").output)?.sort()).toEqual(
    files(report.stdout)?.sort(),
  );
});

test.each(reporterNames)("the Istanbul reporter %s runs", (name) => {
  const { code, output } = runExample("shipping", "--reporter", name);
  expect(output).not.toContain("ERROR");
  expect(code).toBe(0);
});

function nycScript(): string {
  return path.join(root, "node_modules/nyc/bin/nyc.js");
}
