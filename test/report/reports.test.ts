import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { reporterNames } from "../../src/report/reporterNames.js";
import { writeReports } from "../../src/report/reports.js";
import type { Config, CoverageMapData } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

/** A file with one statement that ran and one that did not. */
function coverageOf(config: Config, name = "src/m.lua"): CoverageMapData {
  const file = path.join(config.cwd, name);
  const line = (number: number) => ({ start: { line: number, column: 0 }, end: { line: number, column: 8 } });
  const map = { path: file, statementMap: { 0: line(1), 1: line(2) }, s: { 0: 3, 1: 0 } };
  return { [file]: { ...map, fnMap: {}, branchMap: {}, f: {}, b: {} } };
}

async function reported(reporter: readonly string[]): Promise<Config> {
  const cwd = makeFolder({ "src/m.lua": "local x\nreturn x\n" });
  const config = await loadConfig({ cwd, reporter: [...reporter] });
  writeReports(config, coverageOf(config));
  return config;
}

/** Throws where anybody writes into it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}

test("every reporter that istanbul-reports has is known by name, and no other", () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve("istanbul-reports"));
  const found = fastGlob.sync("lib/*/index.*", { cwd: folder }).map((file) => file.split("/")[1]);
  const single = fastGlob.sync("lib/*.js", { cwd: folder }).map((file) => path.basename(file, ".js"));
  expect([...found, ...single].sort()).toEqual([...reporterNames].sort());
});

/** The files that each reporter writes; the others write to standard output, which the command's tests read. */
const written: readonly (readonly [name: string, file: string, holds: string])[] = [
  ["clover", "clover.xml", 'name="m.lua"'],
  ["cobertura", "cobertura-coverage.xml", 'filename="src/m.lua"'],
  ["html", "index.html", "m.lua"],
  ["html", "m.lua.html", "return x"],
  ["html-spa", "index.html", "<html"],
  ["json", "coverage-final.json", '"s":{"0":3,"1":0}'],
  ["json-summary", "coverage-summary.json", '"pct":50'],
  ["lcov", "lcov.info", "SF:src/m.lua\n"],
  ["lcov", "lcov-report/index.html", "m.lua"],
  ["lcovonly", "lcov.info", "DA:1,3\nDA:2,0\n"],
];

test.for(written)("%s writes %s", async ([name, file, holds]) => {
  const { reportDir } = await reported([name]);
  expect(readFileSync(path.join(reportDir, file), "utf8")).toContain(holds);
});

test("Istanbul's reporters change nothing in the map that they share", async () => {
  const cwd = makeFolder({ "src/m.lua": "local x\nreturn x\n" });
  const config = await loadConfig({ cwd, reporter: [...reporterNames] });
  const location = { start: { line: 1, column: 0 }, end: { line: 2, column: 8 } };
  const parts = {
    fnMap: { 0: { name: "f", decl: location, loc: location, line: 1 } },
    branchMap: { 0: { type: "if", loc: location, locations: [location, location], line: 1 } },
    f: { 0: 1 },
    b: { 0: [1, 0] },
  };
  const files = Object.entries(coverageOf(config)).map(
    ([file, data]) => [file, { ...data, ...parts }] as const,
  );
  const coverage: CoverageMapData = Object.fromEntries(files);
  const before = structuredClone(coverage);
  writeReports(config, frozen(coverage));
  expect(coverage).toEqual(before);
});

test("none writes nothing, several write side by side", async () => {
  expect(existsSync((await reported(["none"])).reportDir)).toBe(false);
  const { reportDir } = await reported(["json", "lcovonly"]);
  expect(fastGlob.sync("*", { cwd: reportDir }).sort()).toEqual(["coverage-final.json", "lcov.info"]);
});

test("watermarks choose the colours of a page", async () => {
  const cwd = makeFolder({ "src/m.lua": "local x\nreturn x\n" });
  const page = async (low: number, high: number) => {
    const config = await loadConfig({ cwd, reporter: "html", watermarks: { lines: [low, high] } });
    writeReports(config, coverageOf(config));
    const html = readFileSync(path.join(config.reportDir, "index.html"), "utf8");
    return /data-value="50" class="pct (\w+)">50%<\/td>\s*<td data-value="2" class="abs \w+">1\/2<\/td>\s*<\/tr>/.exec(
      html,
    )?.[1];
  };
  expect([await page(60, 90), await page(40, 60), await page(40, 50)]).toEqual(["low", "medium", "high"]);
});

test("no map is changed by its report", async () => {
  const cwd = makeFolder({ "src/m.lua": "local x\nreturn x\n" });
  const config = await loadConfig({ cwd, reporter: ["json", "html", "lcov"] });
  const coverage = coverageOf(config);
  const before = structuredClone(coverage);
  writeReports(config, coverage);
  expect(coverage).toEqual(before);
});

/** A project beside a folder, with links of a test's in it: their places and targets. */
async function reportedOver(
  links: readonly (readonly [place: string, target: string])[],
  sandbox = true,
  reportDir = "coverage",
) {
  const source = "local x\nreturn x\n";
  const folder = makeFolder({
    "outside/kept": "kept",
    "project/src/m.lua": source,
    "project/lib/n.lua": source,
  });
  const cwd = path.join(folder, "project");
  for (const [place, target] of links) {
    mkdirSync(path.dirname(path.join(cwd, place)), { recursive: true });
    symlinkSync(target.replace("OUTSIDE", path.join(folder, "outside")), path.join(cwd, place));
  }
  const config = await loadConfig({
    cwd,
    sandbox,
    reportDir,
    reporter: ["lcov", "json", "html-spa", "html-lua"],
  });
  const write = () => writeReports(config, { ...coverageOf(config), ...coverageOf(config, "lib/n.lua") });
  return {
    write,
    cwd,
    reportDir: config.reportDir,
    outside: () => readdirSync(path.join(folder, "outside")),
  };
}

test.for<[place: string, target: string]>([
  ["coverage/lcov.info", "../../outside/new"],
  ["coverage/lcov.info", "OUTSIDE/kept"],
  ["coverage/coverage-final.json", "OUTSIDE"],
  ["coverage/lcov-report", "OUTSIDE"],
  ["coverage/lcov-report/src", "../../../outside"],
  ["coverage/html", "OUTSIDE"],
  ["coverage/html/src", "OUTSIDE"],
  ["coverage/html/index.html", "OUTSIDE/kept"],
  ["coverage/html/.luacov-ts-pages.json", "OUTSIDE/new"],
  ["coverage/lcov-report/index.html", "OUTSIDE/kept"],
  ["coverage/lcov-report/base.css", "OUTSIDE/new"],
  ["coverage/sort-arrow-sprite.png", "../lcov.info"],
])("in a sandbox, %s gives way as a link to %s", async (link) => {
  const { write, reportDir, outside } = await reportedOver([link]);
  const expected = await reportedOver([]);
  for (const each of [write, expected.write]) each();
  const files = (cwd: string) => fastGlob.sync("**", { cwd, dot: true, onlyFiles: false, objectMode: true });
  const kinds = (cwd: string) => files(cwd).map(({ path: name, dirent }) => `${name} ${dirent.isFile()}`);
  expect(kinds(reportDir).sort()).toEqual(kinds(expected.reportDir).sort());
  expect(outside()).toEqual(["kept"]);
});

test.for<[string, (readonly [place: string, target: string])[]]>([
  ["a link", [["coverage", "OUTSIDE"]]],
  ["a link to nothing", [["coverage", "OUTSIDE/new"]]],
  [
    "a chain of links",
    [
      ["a/b", "../../outside"],
      ["coverage", "a/b"],
    ],
  ],
])("in a sandbox, %s does not lead the report-dir out of the project", async ([, links]) => {
  const { write, outside } = await reportedOver(links);
  expect(write).toThrow(
    /Cannot write to .*coverage: with --sandbox, the link at .*coverage must not lead out of/,
  );
  expect(outside()).toEqual(["kept"]);
});

test("in a sandbox, no folder of a deep report-dir is made outside", async () => {
  const { write, outside } = await reportedOver([["coverage", "OUTSIDE"]], true, "coverage/lua/new");
  expect(write).toThrow(/with --sandbox, the link at .*coverage must not lead out of/);
  expect(outside()).toEqual(["kept"]);
});

test("links in the project may lead the report-dir to other places of it, without a sandbox anywhere", async () => {
  const within = await reportedOver([["coverage", "src"]]);
  within.write();
  expect(existsSync(path.join(within.cwd, "src/lcov.info"))).toBe(true);
  const beyond = await reportedOver([["coverage", "OUTSIDE"]], false);
  beyond.write();
  expect(beyond.outside()).toContain("lcov.info");
});
