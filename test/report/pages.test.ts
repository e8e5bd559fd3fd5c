import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { writeReports } from "../../src/report/reports.js";
import type { CoverageMapData } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { writeAt } from "../support/hostile.js";

/** The report folder of files with these names and contents, each of one covered line. */
async function reported(
  reporter: readonly string[],
  files: Readonly<Record<string, string>>,
  isGone = false,
) {
  const cwd = makeFolder({});
  for (const [name, content] of Object.entries(files)) writeAt(cwd, name, content);
  const config = await loadConfig({ cwd, reporter: [...reporter] });
  const range = { start: { line: 1, column: 0 }, end: { line: 1, column: 5 } };
  const fnMap = { 0: { name: 'a"<b>,\n\u0007', decl: range, loc: range, line: 1 } };
  const entries = Object.keys(files).map((name) => {
    const file = path.join(cwd, name);
    return [
      file,
      { path: file, statementMap: { 0: range }, s: { 0: 1 }, fnMap, f: { 0: 1 }, branchMap: {}, b: {} },
    ];
  });
  const coverage: CoverageMapData = Object.fromEntries(entries);
  if (isGone) rmSync(path.join(cwd, "src"), { recursive: true });
  writeReports(config, coverage);
  return (name: string) => readFileSync(path.join(config.reportDir, name), "utf8");
}

// Istanbul marks its own markup by these characters.
test("control characters of a source are no markup", async () => {
  const read = await reported(["html"], { "src/a.lua": 'x = "\u0001img src=x onerror=alert(1)\u0002"' });
  expect(read("a.lua.html")).toContain('x = "␁img src=x onerror=alert(1)␂"');
  expect(read("a.lua.html")).not.toContain("<img");
});

test("a source that is gone, or a folder by now, is a page that says so", async () => {
  const read = await reported(["html", "lcov"], { "src/<img src=x>.lua": "" }, true);
  const page = read("<img src=x>.lua.html");
  expect(page).toContain("The source cannot be shown: ENOENT");
  expect(page).not.toContain("<img");
});

test("two names that look alike are two files", async () => {
  const names = { "src/l\udce9.lua": "", "src/l\\xe9.lua": "", "src/n\n.lua": "", "src/n\\n.lua": "" };
  const read = await reported(["lcovonly"], names);
  const files = Array.from(read("lcov.info").matchAll(/^SF:(.*)$/gm), ([, file]) => file);
  expect(files.sort()).toEqual(["src/l\\xe9.lua", "src/l\\xe9.lua~", "src/n\\n.lua", "src/n\\n.lua~"]);
});

test("a function's name is one field of a line, and of an attribute", async () => {
  const read = await reported(["lcovonly", "cobertura"], { "src/a.lua": "" });
  expect(read("lcov.info")).toContain('\nFN:1,a"<b>,\\n\\x07\n');
  expect(read("cobertura-coverage.xml")).toContain('<method name="a&quot;&lt;b&gt;,&#10;\\x07"');
});

test("names that need nothing are what they were", async () => {
  const names = { "src/a.lua": "", "src/sub/b c.lua": "", "src/sub/ü(1)[2]{3}+@'.lua": "" };
  const read = await reported(["html"], names);
  expect(read("src/sub/index.html")).toContain('<a href="b c.lua.html">b c.lua</a>');
  expect(read("src/sub/b c.lua.html")).toContain(
    '<h1><a href="../../index.html">All files</a> / <a href="index.html">src/sub</a> b c.lua</h1>',
  );
});
