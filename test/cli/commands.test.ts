import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const files = {
  "m.lua": "local function never()\n  return 1\nend\nreturn 2",
  "other.lua": "return 1",
  "test/a.lua": 'require "m"',
  "test/b.lua": 'require "m" require "other"',
};
const lcov = ["--reporter", "text-lcov"];

test("the parts of a suite are kept without --clean, and report adds them up", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["test/a.lua", "--reporter", "none"]);
  await runCli(folder, ["test/b.lua", "--reporter", "none", "--no-clean"]);
  const both = await runCli(folder, ["report", ...lcov]);
  expect(both.stdout).toContain("DA:2,0");
  expect(both.stdout).toContain("DA:4,2\n");
  expect(both.stdout).toContain("SF:other.lua\nFNF:0\nFNH:0\nDA:1,1\n");

  await runCli(folder, ["test/a.lua", "--reporter", "none"]);
  const last = await runCli(folder, ["report", ...lcov]);
  expect(last.stdout.match(/^SF:.*$/gm)).toEqual(["SF:m.lua"]);
  expect(last.stdout).toContain("DA:4,1\n");
});

test("report writes files and checks thresholds when asked; check-coverage always does", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["--reporter", "none"]);
  const options = ["--lines", "90", "--report-dir", "out"];
  const [report, checked, alone] = await Promise.all([
    runCli(folder, ["report", "--reporter", "lcov", "--reporter", "json", ...options]),
    runCli(folder, ["report", "--reporter", "none", "--check-coverage", ...options]),
    runCli(folder, ["check-coverage", ...options]),
  ]);
  const missed = "ERROR: Coverage for lines (75%) does not meet global threshold (90%)\n";
  const unchecked = "WARNING: lines is set, but no threshold is checked; --check-coverage checks them\n";
  expect([report.code, report.stdout, report.stderr]).toEqual([0, "", unchecked]);
  expect([checked.code, checked.stdout, checked.stderr]).toEqual([1, "", missed]);
  expect([alone.code, alone.stdout, alone.stderr]).toEqual([1, "", missed]);
  expect(readdirSync(path.join(folder, "out")).sort()).toEqual([
    "coverage-final.json",
    "lcov-report",
    "lcov.info",
  ]);
  expect(existsSync(path.join(folder, "out/lcov-report/index.html"))).toBe(true);
});

test("merge adds up a folder of maps into one file", async () => {
  const folder = makeFolder(files);
  await runCli(folder, ["test/a.lua", "--reporter", "none"]);
  await runCli(folder, ["test/b.lua", "--reporter", "none", "--no-clean"]);
  const { code, stdout } = await runCli(folder, ["merge", ".nyc_output", "sum.json"]);
  expect([code, stdout]).toEqual([0, "Coverage of 2 files merged into sum.json\n"]);
  const sum = JSON.parse(readFileSync(path.join(folder, "sum.json"), "utf8"));
  expect(Object.values(sum[path.join(folder, "m.lua")].s).sort()).toEqual([0, 2, 2]);

  const [nowhere, unwritable] = await Promise.all([
    runCli(folder, ["merge", "nowhere"]),
    runCli(folder, ["merge", ".nyc_output", "no/such/folder.json"]),
  ]);
  expect(nowhere.stderr).toMatch(/^ERROR: No coverage found in <folder>\/nowhere: .*\n$/);
  expect(nowhere.code).toBe(1);
  expect(unwritable.stderr).toMatch(/^ERROR: Cannot write to <folder>\/no\/such\/folder\.json: ENOENT.*\n$/);
  expect(unwritable.code).toBe(2);
});

test("commands without a run, with a broken map or an empty one say so; a source may be gone", async () => {
  const folder = makeFolder({ ...files, "maps/a.json": "{", "list/a.json": "[1]", "none/a.json": "{}" });
  await runCli(folder, ["--reporter", "none"]);
  rmSync(path.join(folder, "other.lua"));
  writeFileSync(path.join(folder, "maps/readme.txt"), "not a map");
  const [nothing, broken, list, empty, source] = await Promise.all([
    runCli(folder, ["report", "--temp-dir", "nowhere"]),
    runCli(folder, ["report", "--temp-dir", "maps"]),
    runCli(folder, ["check-coverage", "--temp-dir", "list"]),
    runCli(folder, ["check-coverage", "--temp-dir", "none"]),
    runCli(folder, ["report", "--reporter", "html"]),
  ]);
  expect(nothing.stderr).toMatch(/^ERROR: No coverage found in <folder>\/nowhere: .*\n$/);
  expect(broken.stderr).toMatch(/^ERROR: <folder>\/maps\/a\.json is not an Istanbul coverage map: .*\n$/);
  expect(list.stderr).toMatch(/^ERROR: <folder>\/list\/a\.json is not an Istanbul coverage map: .*\n$/);
  expect(empty.stderr).toMatch(/^ERROR: No coverage was collected: .*\n$/);
  // The page of that file says so, too; the numbers are all there.
  expect(source.stderr).toBe("WARNING: other.lua is gone since it was measured\n");
  expect([nothing.code, broken.code, list.code, empty.code, source.code]).toEqual([1, 2, 2, 1, 0]);
});

test("a temp-dir that holds other people's files does not lose them", async () => {
  const folder = makeFolder({ ...files, "package.json": "{}" });
  const { code } = await runCli(folder, ["--temp-dir", ".", "--reporter", "none"]);
  expect(code).toBe(0);
  expect(existsSync(path.join(folder, "package.json"))).toBe(true);
});

test("full files and files without code can be left out of the table", async () => {
  const folder = makeFolder({
    ...files,
    "full.lua": "#!/usr/bin/env lua\nreturn 1",
    "marked.lua": "\ufeffreturn 1",
    "empty.lua": "-- nothing",
    "test/c.lua": 'dofile("full.lua") dofile("marked.lua") dofile("empty.lua") dofile("m.lua")',
  });
  await runCli(folder, ["test/c.lua", "--reporter", "none"]);
  const listed = async (...flags: string[]) => {
    const { stdout } = await runCli(folder, ["report", "--reporter", "text", ...flags]);
    return Array.from(stdout.matchAll(/^ (\w+)\.lua /gm), (match) => match[1]);
  };
  const [all, partly, withCode] = await Promise.all([
    listed(),
    listed("--skip-full"),
    listed("--skip-empty"),
  ]);
  expect(all).toEqual(["empty", "full", "m", "marked"]);
  expect(partly).toEqual(["m"]);
  expect(withCode).toEqual(["full", "m", "marked"]);
});
