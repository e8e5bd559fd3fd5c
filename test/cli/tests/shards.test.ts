import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type CoverageMapData, readCoverage } from "../../../src/index.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testUnless } from "../../support/luaDifferences.js";
import { withoutLua } from "../../support/testLua.js";

const project = {
  "package.json": "{}",
  "src/m.lua": "local M = {}\nfunction M.a()\n  return 1\nend\nfunction M.b()\n  return 2\nend\nreturn M\n",
  "test/a.lua": 'require("src.m").a()',
  "test/b.lua": 'require("src.m").b()',
  "test/c.lua": 'require("src.m").b()',
};

const quiet = ["--reporter", "none"];

function calls(map: CoverageMapData, folder: string): unknown {
  expect(Object.keys(map)).toEqual([path.join(folder, "src/m.lua")]);
  return map[path.join(folder, "src/m.lua")]?.f;
}

test("shards that ran in two checkouts are joined in a third", async () => {
  const whole = makeFolder(project);
  const first = makeFolder(project);
  const second = makeFolder(project);
  for (const [folder, shard, files] of [
    [first, "1/2", "2 of 3"],
    [second, "2/2", "1 of 3"],
  ] as const) {
    const { code, stderr } = await runCli(folder, ["--shard", shard, ...quiet]);
    expect([code, stderr]).toEqual([0, `Shard ${shard}: ${files} test files\n`]);
  }
  for (const folder of [first, second]) {
    cpSync(path.join(folder, ".nyc_output"), path.join(whole, ".nyc_output"), { recursive: true });
  }
  expect(await runCli(whole, ["merge", ".nyc_output", "merged.json"])).toMatchObject({
    code: 0,
    stdout: "Coverage of 1 file merged into merged.json\n",
  });
  const merged: CoverageMapData = JSON.parse(readFileSync(path.join(whole, "merged.json"), "utf8"));
  expect(calls(merged, whole)).toEqual({ 0: 1, 1: 2 });
  const report = await runCli(whole, ["report", "--reporter", "text", "--check-coverage", "--lines", "100"]);
  expect(report.stdout).toMatch(/\n m\.lua {4}\| {5}100 \|/);
  expect(report.code).toBe(0);
});

test("report and merge join what shards know of their test files, and later runs are not forgotten for it", async () => {
  const whole = makeFolder(project);
  for (const shard of ["1/2", "2/2"]) {
    const folder = makeFolder({ ...project, "test/b.lua": 'error("not here")' });
    await runCli(folder, ["--shard", shard, ...quiet]);
    cpSync(path.join(folder, ".nyc_output"), path.join(whole, ".nyc_output"), { recursive: true });
  }
  const own = path.join(whole, ".nyc_output/luacov-ts");
  const namesIn = (file: string) =>
    Object.keys(JSON.parse(withoutLua(readFileSync(path.join(own, file), "utf8"))).files);
  expect(namesIn("tests-1-of-2.json")).toEqual(["test/a.lua", "test/c.lua"]);
  expect(namesIn("tests-2-of-2.json")).toEqual(["test/b.lua"]);
  expect((await runCli(whole, ["report", "--reporter", "text"])).code).toBe(0);
  expect(namesIn("tests.json")).toEqual(["test/a.lua", "test/b.lua", "test/c.lua"]);

  const again = await runCli(whole, ["--rerun-failed", "--no-clean", ...quiet]);
  expect(again.stdout).toContain("1 passed, 0 failed");
  expect((await runCli(whole, ["merge", ".nyc_output"])).code).toBe(0);
  const last = await runCli(whole, ["--rerun-failed", ...quiet]);
  expect(last.stderr).toContain("Nothing failed in the last run");
});

test("a run leaves no records of the shards before it", async () => {
  const folder = makeFolder(project);
  const records = () =>
    readdirSync(path.join(folder, ".nyc_output/luacov-ts")).filter((name) => /^tests/.test(name));
  await runCli(folder, ["--shard", "1/2", ...quiet]);
  await runCli(folder, ["--shard", "2/2", "--no-clean", ...quiet]);
  expect(records().sort()).toEqual(["tests-1-of-2.json", "tests-2-of-2.json", "tests.json"]);
  await runCli(folder, quiet);
  expect(records()).toEqual(["tests.json"]);
});

test("a map that says nothing of its checkout is joined by what its paths have in common", async () => {
  const folder = makeFolder(project);
  await runCli(folder, quiet);
  const temp = path.join(folder, ".nyc_output");
  renameSync(path.join(temp, "luacov-ts"), path.join(temp, "elsewhere"));
  // The folder in which it ran has gone.
  const moved = makeFolder({});
  renameSync(folder, path.join(moved, "project"));
  const here = path.join(moved, "project");
  expect(calls(readCoverage(path.join(here, ".nyc_output"), here), here)).toEqual({ 0: 1, 1: 2 });
});

testUnless("two files of one text")(
  "the maps of two projects in one temp-dir stay apart, though their files have the same names",
  async () => {
    const root = makeFolder({
      ...Object.fromEntries(Object.entries(project).map(([name, text]) => [`packages/one/${name}`, text])),
      ...project,
    });
    const temp = path.join(root, ".nyc_output");
    await runCli(path.join(root, "packages/one"), ["--temp-dir", temp, ...quiet]);
    await runCli(root, ["--no-clean", "--temp-dir", temp, ...quiet, "test"]);
    const files = Object.keys(readCoverage(temp, root)).sort();
    expect(files.map((file) => path.relative(root, file))).toEqual(["packages/one/src/m.lua", "src/m.lua"]);
  },
);

test("a shard that is missing, and shards that were not cut alike, are warnings", async () => {
  const folder = makeFolder(project);
  await runCli(folder, ["--shard", "1/3", ...quiet]);
  await runCli(folder, ["--shard", "2/3", "--no-clean", "test/a.lua", "test/b.lua", ...quiet]);
  const { code, stderr } = await runCli(folder, ["merge", ".nyc_output"]);
  expect(stderr.split("\n")).toEqual([
    "WARNING: The coverage of shard 3/3 is not in .nyc_output",
    "WARNING: The 3 shards in .nyc_output were not cut alike, so tests may be missing: the machines had different test files or test records",
    "",
  ]);
  expect(code).toBe(0);
});

test("an empty shard is a success that says so", async () => {
  const folder = makeFolder(project);
  const { code, stdout, stderr } = await runCli(folder, ["--shard", "4/4", "--all", "--check-coverage"]);
  expect([code, stdout, stderr]).toEqual([0, "\n0 passed, 0 failed\n\n", "Shard 4/4: 0 of 3 test files\n"]);
  expect(readCoverage(path.join(folder, ".nyc_output"))).toEqual({});
});

test.each(["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", "1.5/2"])(
  "--shard %s is one sentence",
  async (value) => {
    const { code, stderr } = await runCli(makeFolder(project), [`--shard=${value}`]);
    expect(stderr).toBe(
      `ERROR: "shard" in the given options is "${value}", but must be a part and the number of parts, such as "2/4" for the second of four\n`,
    );
    expect(code).toBe(2);
  },
);

test("nyc takes no notice of what we keep beside the maps, and the record outlives a clean run", async () => {
  const folder = makeFolder({ ...project, ".nycrc.json": '{ "extension": [".lua"] }' });
  await runCli(folder, quiet);
  await runCli(folder, [...quiet, "test/a.lua"]);
  const temp = path.join(folder, ".nyc_output");
  expect(readdirSync(temp).length).toBe(2);
  expect(readdirSync(path.join(temp, "luacov-ts")).sort()).toEqual(
    [expect.stringMatching(/^[\da-f-]{36}\.json$/), "tests.json"].sort(),
  );
  const record = JSON.parse(withoutLua(readFileSync(path.join(temp, "luacov-ts/tests.json"), "utf8")));
  expect(Object.keys(record.files)).toEqual(["test/a.lua", "test/b.lua", "test/c.lua"]);
  const nyc = fileURLToPath(new URL("../../../node_modules/nyc/bin/nyc.js", import.meta.url));
  const report = execFileSync(process.execPath, [nyc, "report", "--reporter", "text"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(report).toMatch(/\n m\.lua {4}\|/);
});
