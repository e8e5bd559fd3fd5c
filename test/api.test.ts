import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import {
  type Config,
  type CoverageMapData,
  checkCoverage,
  LuacovError,
  loadConfig,
  merge,
  type RunResult,
  readCoverage,
  report,
  run,
  type TestEvent,
  type TestResult,
} from "luacov-ts";
import { expect, expectTypeOf, test } from "vitest";
import { makeFolder } from "./support/folder.js";

const files = {
  "src/m.lua": "local function never()\n  return 1\nend\nreturn 2",
  "test/a.lua": 'assert(require "src.m" == 2)',
  "test/b.lua": 'error("b fails")',
};

async function project(given: Readonly<Record<string, string>> = files): Promise<Config> {
  return loadConfig({ cwd: makeFolder(given), luaPath: "?.lua", reporter: ["json"] });
}

async function runAll(config: Config, heard: (result: TestResult) => void = () => {}): Promise<RunResult> {
  const onEvent = (event: TestEvent) => {
    if (event.kind === "test") heard(event.result);
  };
  return run(config, { patterns: [path.join(config.cwd, "test")], args: ["x"], onEvent });
}

test("run gives results, coverage, verdicts and notices, and keeps the map", async () => {
  const config = await project();
  const heard: TestResult[] = [];
  const result = await runAll(config, (each) => heard.push(each));
  const m = path.join(config.cwd, "src/m.lua");

  expect(result.results).toEqual(heard);
  expect(heard.map(({ status }) => status)).toEqual(["success", "error"]);
  expect(heard[1]?.message).toContain("test/b.lua:1: b fails");
  expect(heard[1]?.traceback).toMatch(/^stack traceback:\n/);
  expect(heard[0]?.duration).toBeGreaterThan(0);
  expect(Object.keys(result.coverage)).toEqual([m]);
  expect(result.verdicts[m]).toEqual({ measured: true, reason: "under the project root" });
  expect([result.notices, result.interrupted]).toEqual([[], false]);
  expect(readCoverage(config.tempDir)).toEqual(result.coverage);
});

test("a run that is aborted from the start runs nothing; one that is aborted on the way stops", async () => {
  const config = await project();
  const patterns = [path.join(config.cwd, "test")];
  const none = await run(config, { patterns, signal: AbortSignal.abort() });
  expect([none.results, none.interrupted]).toEqual([[], true]);

  const controller = new AbortController();
  const onEvent = (event: TestEvent) => {
    if (event.kind === "test") controller.abort();
  };
  const one = await run({ ...config, jobs: 1 }, { patterns, signal: controller.signal, onEvent });
  expect([one.results.length, one.interrupted, Object.keys(one.coverage).length]).toEqual([1, true, 1]);
});

test("report writes what run kept, or the map that it is given", async () => {
  const config = await project();
  await runAll(config);
  report(config);
  expect(readdirSync(config.reportDir)).toEqual(["coverage-final.json"]);
  const elsewhere = { ...config, reportDir: path.join(config.cwd, "elsewhere") };
  report(elsewhere, readCoverage(config.tempDir));
  expect(existsSync(path.join(elsewhere.reportDir, "coverage-final.json"))).toBe(true);
});

test("checkCoverage lists what is missed, with numbers", async () => {
  const config = await project();
  await runAll(config);
  const strict = { ...config, thresholds: { ...config.thresholds, lines: 80 } };
  const missed = { metric: "lines", actual: 66.66, uncovered: 1, threshold: 80, scope: "global" };
  expect(checkCoverage(strict)).toEqual([{ ...missed, file: null }]);
  const file = path.join(config.cwd, "src/m.lua");
  expect(checkCoverage({ ...strict, perFile: true })).toEqual([{ ...missed, file }]);
});

test("merge doubles the counts of a map with itself and changes none of its inputs", async () => {
  const { coverage } = await runAll(await project());
  const before = structuredClone(coverage);
  const twice = merge(coverage, coverage);
  expect(coverage).toEqual(before);
  for (const [file, { s, f }] of Object.entries(coverage)) {
    expect(twice[file]?.s).toEqual(doubled(s));
    expect(twice[file]?.f).toEqual(doubled(f));
  }
  expect(merge(coverage)).toEqual(coverage);
  expect(merge()).toEqual({});
});

test("a file that was only counted by `all` gives way to one that ran", async () => {
  const config = await project({ ...files, "src/extra.lua": "return 1" });
  const all = { ...config, all: true };
  const counted = await run(all, { patterns: [path.join(config.cwd, "test/b.lua")] });
  const ran = await run(all, { patterns: [path.join(config.cwd, "test/a.lua")] });
  const m = path.join(config.cwd, "src/m.lua");
  const extra = path.join(config.cwd, "src/extra.lua");
  expect([counted.coverage[m], ran.coverage[extra]]).toEqual([
    expect.objectContaining({ all: true }),
    expect.objectContaining({ all: true }),
  ]);
  expect(ran.coverage[m]).not.toHaveProperty("all");
  for (const sum of [merge(counted.coverage, ran.coverage), merge(ran.coverage, counted.coverage)]) {
    expect(sum[m]?.s).toEqual(ran.coverage[m]?.s);
    expect(sum[extra]?.s).toEqual({ 0: 0 });
  }
});

test("mistakes are LuacovErrors with a code", async () => {
  const config = await project();
  const codeOf = async (action: () => unknown) => {
    try {
      await action();
      return "none";
    } catch (error) {
      return error instanceof LuacovError ? error.code : error;
    }
  };
  expect(await codeOf(() => run(config, { patterns: ["no/such.lua"] }))).toBe("NO_TESTS");
  expect(await codeOf(() => run(config, { patterns: [] }))).toBe("NO_TESTS");
  expect(await codeOf(() => run({ ...config, reporter: ["fax"] }, { patterns: ["x"] }))).toBe(
    "UNKNOWN_REPORTER",
  );
  expect(await codeOf(() => report(config))).toBe("NO_COVERAGE");
  expect(await codeOf(() => report(config, {}))).toBe("NO_COVERAGE");
  expect(await codeOf(() => checkCoverage(config, {}))).toBe("NO_COVERAGE");
  expect(await codeOf(() => loadConfig({ cwd: path.join(config.cwd, "nowhere") }))).toBe("CONFIG");
});

test("the types say what a user gets", () => {
  expectTypeOf(loadConfig).returns.resolves.toEqualTypeOf<Config>();
  expectTypeOf(run).returns.resolves.toEqualTypeOf<RunResult>();
  expectTypeOf<ReturnType<typeof merge>>().toEqualTypeOf<CoverageMapData>();
  expectTypeOf(report).returns.toEqualTypeOf<void>();
  expectTypeOf<{ reportDirectory: string }>().not.toExtend<Parameters<typeof loadConfig>[0]>();
});

function doubled(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, 2 * count]));
}
