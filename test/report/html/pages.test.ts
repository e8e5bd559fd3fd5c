import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { writeReports } from "../../../src/report/reports.js";
import type { CoverageMapData, FileCoverageData } from "../../../src/types.js";
import { makeFolder } from "../../support/folder.js";
import { writeAt } from "../../support/hostile.js";

/** The report of files with these names and contents, each with one statement: its first line, which ran. */
async function reported(cwd: string, files: Readonly<Record<string, string>>, change = {}): Promise<string> {
  for (const [name, content] of Object.entries(files)) writeAt(cwd, name, content);
  const config = await loadConfig({ cwd, reporter: ["html-lua"] });
  const coverage: CoverageMapData = Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const file = path.join(cwd, name);
      return [file, { ...fileOf(file, content), ...change }];
    }),
  );
  writeReports(config, coverage);
  return path.join(config.reportDir, "html");
}

function fileOf(file: string, content: string): FileCoverageData {
  const range = rangeOf(1, 0, content.split("\n")[0]?.length ?? 0);
  return { path: file, statementMap: { 0: range }, s: { 0: 1 }, fnMap: {}, f: {}, branchMap: {}, b: {} };
}

function rangeOf(line: number, start: number, end: number) {
  return { start: { line, column: start }, end: { line, column: end } };
}

function pagesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".html")).sort();
}

test("pages of sources that are gone go, and nothing of anybody else's", async () => {
  const cwd = makeFolder({});
  await reported(cwd, {
    "src/a.lua": "",
    "src/old/b.lua": "",
    "src/old/c.lua": "",
    "lib/d.lua": "",
    "lib/e.lua": "",
  });
  const folder = path.join(cwd, "coverage/html");
  expect(pagesIn(folder)).toHaveLength(6);
  writeFileSync(path.join(folder, "lib/d.lua.html"), "<p>mine");
  writeFileSync(path.join(folder, "lib/notes.html"), "<p>mine");
  writeFileSync(path.join(folder, "mine.txt"), "mine");
  await reported(cwd, { "src/a.lua": "" });
  expect(pagesIn(folder)).toEqual(["index.html", "lib/d.lua.html", "lib/notes.html", "src/a.lua.html"]);
  expect(existsSync(path.join(folder, "src/old"))).toBe(false);
  expect(existsSync(path.join(folder, "mine.txt"))).toBe(true);
});

test("pages are in the folder that the reporter's options name", async () => {
  const cwd = makeFolder({ "a.lua": "" });
  const config = await loadConfig({ cwd, reporter: [["html-lua", { subdir: "pages/lua" }]] });
  const file = path.join(cwd, "a.lua");
  writeReports(config, { [file]: fileOf(file, "") });
  expect(pagesIn(config.reportDir)).toEqual(["pages/lua/a.lua.html", "pages/lua/index.html"]);
});

test("a list of pages that somebody has written leads nowhere else", async () => {
  const cwd = makeFolder({});
  const folder = await reported(cwd, { "src/a.lua": "", "src/b.lua": "" });
  const page = readFileSync(path.join(folder, "src/b.lua.html"));
  const outside = ["outside.html", "coverage/other.html"].map((name) => path.join(cwd, name));
  for (const file of outside) writeFileSync(file, page);
  mkdirSync(path.join(cwd, "elsewhere"));
  writeFileSync(path.join(cwd, "elsewhere/c.html"), page);
  symlinkSync(path.join(cwd, "elsewhere"), path.join(folder, "link"));
  const listed = [
    "../../outside.html",
    "../other.html",
    outside[0],
    "link/c.html",
    7,
    "",
    "src/../../../outside.html",
  ];
  writeFileSync(path.join(folder, ".luacov-ts-pages.json"), JSON.stringify(listed));
  await reported(cwd, { "src/a.lua": "" });
  for (const file of [...outside, path.join(cwd, "elsewhere/c.html")]) expect(existsSync(file)).toBe(true);
});

test("names that file systems, links or other pages take for something else have pages of their own", async () => {
  const cwd = makeFolder({});
  const names = [
    "index",
    "index.lua",
    "a.lua",
    "a.lua.html/b.lua",
    "A.lua",
    "con.lua",
    "aux",
    "x".repeat(250),
    "..a",
    "b ",
    "c.",
  ];
  const folder = await reported(cwd, Object.fromEntries(names.map((name) => [name, ""])));
  const pages = pagesIn(folder);
  expect(pages).toHaveLength(names.length + 1);
  expect(new Set(pages.map((page) => page.toLowerCase())).size).toBe(pages.length);
  expect(pages).toEqual(expect.arrayContaining(["index.lua.html", "index.html", "..a.html"]));
});

test("a source that is gone is a page that says so, with its functions", async () => {
  const cwd = makeFolder({});
  const fn = { name: "f<b>", decl: rangeOf(1, 0, 1), loc: rangeOf(1, 0, 1), line: 1 };
  const coverage = { fnMap: { 0: fn }, f: { 0: 0 } };
  await reported(cwd, { "src/a.lua": "" }, coverage);
  rmSync(path.join(cwd, "src"), { recursive: true });
  const config = await loadConfig({ cwd, reporter: ["html-lua"] });
  const file = path.join(cwd, "src/a.lua");
  writeReports(config, { [file]: { ...fileOf(file, ""), ...coverage } });
  const page = readFileSync(path.join(cwd, "coverage/html/src/a.lua.html"), "utf8");
  expect(page).toContain("The source cannot be shown: ENOENT");
  expect(page).toContain("f&lt;b&gt;</a>");
});

test("a source that is no longer what was measured is marked as far as it reaches", async () => {
  const cwd = makeFolder({});
  const change = {
    statementMap: { 0: rangeOf(1, 2, 90), 1: rangeOf(9, 0, 5) },
    s: { 0: 0, 1: 0 },
    branchMap: {
      0: { type: "if", loc: rangeOf(1, 0, 90), locations: [rangeOf(1, 0, 90), rangeOf(1, 0, 90)], line: 1 },
    },
    b: { 0: [0, 3] },
  };
  const folder = await reported(cwd, { "a.lua": "if x\n" }, change);
  const page = readFileSync(path.join(folder, "a.lua.html"), "utf8");
  expect(page).toContain('<mark class="b" data-m="0" title="the condition was never true">if</mark>');
  expect(page).toContain('<mark class="s" data-m="1" title="never ran"> x</mark>');
});

test("other tools' maps have branches of other kinds, and ranges without places", async () => {
  const cwd = makeFolder({});
  const nowhere = {
    start: { line: undefined, column: undefined },
    end: { line: undefined, column: undefined },
  };
  const branch = (type: string, locations: readonly unknown[]) => ({
    type,
    loc: rangeOf(1, 0, 14),
    locations,
    line: 1,
  });
  const change = {
    branchMap: {
      0: branch("if", [rangeOf(1, 0, 14), nowhere]),
      1: branch("cond-expr", [rangeOf(1, 4, 5), rangeOf(1, 8, 9)]),
      2: branch("default-arg", [rangeOf(1, 10, 11)]),
    },
    b: { 0: [1, 0], 1: [0, 2], 2: [0] },
    fnMap: { 0: { name: "f", loc: rangeOf(2, 0, 3), line: 2 } },
    f: { 0: 0 },
  };
  const folder = await reported(cwd, { "a.js": "if (a) x ? y : z\nf()\n" }, change);
  const page = readFileSync(path.join(folder, "a.js.html"), "utf8");
  for (const words of ["the condition was never false", "this way was never taken", "f was never called"]) {
    expect(page).toContain(`>${words}`);
  }
});

test("an arm that a comment ignores is no miss, and the other one is one", async () => {
  const cwd = makeFolder({});
  const loc = rangeOf(1, 0, 20);
  const change = { branchMap: { 0: { type: "if", loc, locations: [loc], line: 1 } }, b: { 0: [0] } };
  const folder = await reported(cwd, { "a.lua": "if x then y() end   \n" }, change);
  const page = readFileSync(path.join(folder, "a.lua.html"), "utf8");
  expect(page).toContain(">one way of &quot;x&quot; was never taken</div>");
});
