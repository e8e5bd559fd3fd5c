import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import istanbul from "istanbul-lib-coverage";
import { expect, test } from "vitest";
import { reporterNames } from "../src/report/reporterNames.js";
import { type ExampleRun, root, runExample, startNode, startTool } from "./command.js";
import { runCli } from "./support/cli.js";
import { filesIn, makeFolder } from "./support/folder.js";
import { testWith } from "./support/tools.js";

interface LcovFile extends Record<"lines" | "functions" | "branches", { hit: number; found: number }> {
  readonly file: string;
}

type LcovParse = (file: string, done: (error: unknown, data?: LcovFile[]) => void) => void;

const lcovParse: LcovParse = createRequire(import.meta.url)("lcov-parse");

const lcovOf = ({ folder }: ExampleRun) => path.join(folder, "coverage", "lcov.info");
const summary = /^(Statements|Branches|Functions|Lines) .*$/gm;

testWith("genhtml")("genhtml renders lcov.info and finds every source", () => {
  const run = runExample("*", "--reporter", "lcovonly");
  const pages = path.join(run.folder, "pages");
  const { code, output } = startTool("genhtml", [lcovOf(run), "--output-directory", pages]);
  expect(output).toMatch(/functions\.+: \d+\.\d% \(31 of 33 functions\)/);
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
  expect(output).toContain("(31 of 33 functions)");
});

testWith("lcov")("lcov --add-tracefile adds two runs up to what they are together", async () => {
  const folder = makeFolder({
    "m.lua": "local function f(a)\n  if a then\n    return 1\n  end\n  return 2\nend\nreturn f\n",
    "test/a.lua": 'require "m" (1)',
    "test/b.lua": 'require "m" () require "m" ()',
  });
  const traced = async (name: string, ...args: readonly string[]) => {
    await runCli(folder, [...args, "--reporter", "lcovonly", "--report-dir", name]);
    return path.join(folder, name, "lcov.info");
  };
  const a = await traced("a", "test/a.lua");
  const b = await traced("b", "test/b.lua");
  const both = await traced("both", "test");
  const sum = path.join(folder, "sum.info");
  const branches = ["--rc", "lcov_branch_coverage=1"];
  const add = ["--add-tracefile", a, "--add-tracefile", b, "--output-file", sum];
  expect(startTool("lcov", [...branches, ...add]).code).toBe(0);
  const counts = (file: string) =>
    readFileSync(file, "utf8")
      .match(/^(DA|BRDA|FNDA|LH|LF|BRH|BRF|FNH|FNF):.*$/gm)
      ?.sort();
  expect(counts(sum)).toEqual(counts(both));
});

test("lcov-parse reads lcov.info", async () => {
  const { folder, coverage } = runExample("*", "--reporter", "lcovonly");
  const files = await new Promise<LcovFile[]>((resolve, reject) => {
    lcovParse(path.join(folder, "coverage", "lcov.info"), (error, data) =>
      data === undefined ? reject(new Error(String(error))) : resolve(data),
    );
  });
  const expected = Object.values(coverage).map((file) => {
    const { lines, functions, branches } = istanbul.createFileCoverage(file).toSummary().data;
    return [path.relative(root, file.path), lines, functions, branches].map((each) =>
      typeof each === "string" ? each : [each.covered, each.total],
    );
  });
  const found = files.map(({ file, lines, functions, branches }) => [
    file,
    ...[lines, functions, branches].map(({ hit, found: all }) => [hit, all]),
  ]);
  expect(found.sort()).toEqual(expected.sort());
});

testWith("xmllint")("Cobertura's document type is met, whatever the names are", async () => {
  const folder = makeFolder({
    'src/a & "b"/<m>.lua':
      'local t = {}\nt["<&\\"\\n>"] = function(a)\n  if a and t then return 1 end\nend\nreturn t\n',
    "é.lua": "return 1\n",
    "test/a.lua": 'dofile("src/a & \\"b\\"/<m>.lua") require "é"',
  });
  const run = await runCli(folder, ["--reporter", "cobertura"]);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  const report = path.join(folder, "coverage/cobertura-coverage.xml");
  const dtd = path.join(import.meta.dirname, "report/cobertura.dtd");
  const valid = (text: string) => {
    // The document names the type on Cobertura's site.
    writeFileSync(report, text.replace(/<!DOCTYPE.*/, ""));
    return startTool("xmllint", ["--nonet", "--noout", "--dtdvalid", dtd, report]);
  };
  const text = readFileSync(report, "utf8");
  expect(valid(text)).toEqual({ code: 0, output: "" });
  expect(valid(text.replaceAll(' complexity="0"', "")).output).toContain(
    "does not carry attribute complexity",
  );
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

test("our pages of JavaScript have colours, in nyc as in ours", async () => {
  const source = "module.exports = (x) => {\n  return x ? 1 : 2;\n};\n";
  const folder = makeFolder({ "package.json": "{}", "a.js": source, "main.js": 'require("./a.js")(1);\n' });
  const nyc = (...args: readonly string[]) => startNode([nycScript(), "--cwd", folder, ...args]);
  const page = () => readFileSync(path.join(folder, "coverage/html/a.js.html"), "utf8");
  nyc("--reporter", path.join(root, "dist/report/html/reporter.cjs"), "node", path.join(folder, "main.js"));
  const fromNyc = page();
  expect(fromNyc).toContain("  <span class=k>return</span> x ? <span class=d>1</span>");
  const { code, stderr } = await runCli(folder, ["report", "--extension", ".js", "--reporter", "html-lua"]);
  expect([code, stderr, page()]).toEqual([0, "", fromNyc]);
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
