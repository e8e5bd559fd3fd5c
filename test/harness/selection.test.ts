import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type Config, loadConfig, type Options, type RunResult, run } from "luacov-ts";
import { expect, test } from "vitest";
import { partsOf } from "../../src/harness/plan/shard.js";
import { readTestRecord, type TestRecord } from "../../src/harness/record/testRecord.js";
import { makeFolder } from "../support/folder.js";
import { inTestLua } from "../support/testLua.js";

const files = {
  "m.lua": "return 1",
  "test/a.lua": 'require "m"',
  "test/b.lua": 'require "m" assert(io.open(arg[0] .. ".fixed"))',
  "test/c_spec.lua": `require "m"
    describe("c", function()
      it("passes", function() print "passes" end)
      it("fails", function() print "fails" assert(io.open(${"$"}FIXED)) end)
    end)`,
};

function project(): string {
  const folder = makeFolder(files);
  const spec = files["test/c_spec.lua"].replace("$FIXED", JSON.stringify(path.join(folder, "fixed")));
  writeFileSync(path.join(folder, "test/c_spec.lua"), spec);
  return folder;
}

async function configOf(folder: string, options: Options = {}): Promise<Config> {
  return loadConfig({ cwd: folder, luaPath: "?.lua", jobs: 2, ...inTestLua, ...options });
}

interface Ran {
  readonly result: RunResult;
  /** Status and name of each result. */
  readonly told: readonly string[];
  readonly messages: readonly string[];
}

async function runIn(config: Config, rerunFailed = false): Promise<Ran> {
  const result = await run(config, { patterns: [path.join(config.cwd, "test/*.lua")], rerunFailed });
  const told = result.results.map(({ status, names, file }) =>
    [status, path.basename(file), ...names].join(" "),
  );
  const messages = result.notices.map(({ message }) => message.replaceAll(config.cwd, "<folder>"));
  return { result, told, messages };
}

function failedIn(config: Config): Record<string, readonly string[]> {
  const record = readTestRecord(config.testRecord).record ?? {};
  const failed = Object.entries(record).filter(([, each]) => each.failed);
  return Object.fromEntries(failed.map(([name, { failedTests }]) => [name.replace(/\t.*/, ""), failedTests]));
}

test("--rerun-failed runs what failed: files, and of specs the tests; the rest of the record stays", async () => {
  const config = await configOf(project());
  const first = await runIn(config);
  const all = ["success a.lua", "error b.lua", "success c_spec.lua c passes", "failure c_spec.lua c fails"];
  expect(first.told).toEqual(all);
  expect(failedIn(config)).toEqual({ "test/b.lua": [], "test/c_spec.lua": ["c fails"] });
  expect(Object.keys(readTestRecord(config.testRecord).record ?? {}).length).toBe(3);

  writeFileSync(path.join(config.cwd, "test/b.lua.fixed"), "");
  expect((await runIn(config, true)).told).toEqual(["success b.lua", "failure c_spec.lua c fails"]);
  expect(failedIn(config)).toEqual({ "test/c_spec.lua": ["c fails"] });

  writeFileSync(path.join(config.cwd, "fixed"), "");
  expect((await runIn(config, true)).told).toEqual(["success c_spec.lua c fails"]);
  expect(failedIn(config)).toEqual({});
  expect(Object.keys(readTestRecord(config.testRecord).record ?? {}).length).toBe(3);

  const none = await runIn(config, true);
  expect(none.told).toEqual([]);
  expect(none.messages).toEqual(["Nothing failed in the last run, so nothing was run again"]);
  expect(none.result.selected).toBe(0);
});

test("--rerun-failed without a record runs everything and says so", async () => {
  const { told, messages } = await runIn(await configOf(project()), true);
  expect(told.length).toBe(4);
  expect(messages).toEqual([
    "There is no record of a last run in .nyc_output/luacov-ts/tests.json, so all test files run",
  ]);
});

const broken: readonly (readonly [content: string, message: RegExp])[] = [
  ["{", /^The test record <folder>\/record\.json cannot be used and is made anew: .*JSON/],
  ["[]", /is made anew: it is none of this version of luacov-ts$/],
  ['{"version":2,"files":{}}', /is made anew: it is none of this version/],
  ['{"version":1,"files":{"a":{"duration":"x"}}}', /is made anew: it is none of this version/],
];

test.for(broken)("a record %j is a warning, and made anew", async ([content, message]) => {
  const config = await configOf(project(), { testRecord: "record.json" });
  writeFileSync(config.testRecord, content);
  const { told, messages } = await runIn(config);
  expect(told.length).toBe(4);
  expect(messages).toEqual([expect.stringMatching(message)]);
  expect((await runIn(config)).messages).toEqual([]);
});

test("a record that cannot be written is a warning", async () => {
  const folder = project();
  mkdirSync(path.join(folder, ".nyc_output"));
  writeFileSync(path.join(folder, ".nyc_output/luacov-ts"), "");
  const config = await configOf(folder, { coverage: false });
  expect((await runIn(config)).messages).toEqual([
    expect.stringMatching(/^The test record <folder>\/\.nyc_output\/luacov-ts\/.* cannot be written: /),
  ]);
});

const durations = (times: readonly number[]): TestRecord =>
  Object.fromEntries(
    times.map((duration, index) => [`${index}.lua`, { duration, failed: false, failedTests: [] }]),
  );

const names = (count: number) => Array.from({ length: count }, (_, index) => `/r/${index}.lua`);

const shards: readonly (readonly [times: readonly number[], files: number, parts: readonly string[]])[] = [
  [[], 5, ["0 2 4", "1 3"]],
  [[], 1, ["0", "", ""]],
  [[1, 1, 1, 9], 4, ["3", "0 1 2"]],
  [[8, 7, 6, 5, 4], 5, ["0 3 4", "1 2"]],
  // The two that are not known count as the mean, 4.
  [[4, 4], 4, ["0 2", "1 3"]],
  [[0, 0, 0, 0], 4, ["0 2", "1 3"]],
];

test.for(shards)(
  "files that took %j, and %i of them in all, are dealt out as %j",
  ([times, count, parts]) => {
    const dealt = partsOf(names(count), parts.length, durations(times), "/r").map((part) =>
      part.map((file) => path.basename(file, ".lua")),
    );
    expect(dealt.map((part) => part.join(" "))).toEqual(parts);
  },
);

test("all shards together are all files, each once, and no shard waits for another for long", () => {
  const times = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 });
  fc.assert(
    fc.property(
      times,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (known, more, count) => {
        const all = names(known.length + more);
        const record = durations(known);
        const parts = partsOf(all, count, record, "/r");
        expect(parts.flat().sort()).toEqual([...all].sort());
        const mean = known.length === 0 ? 1 : known.reduce((sum, each) => sum + each, 0) / known.length;
        const weight = (file: string) => record[path.basename(file)]?.duration ?? mean;
        const loads = parts.map((part) => part.reduce((sum, file) => sum + weight(file), 0));
        const longest = Math.max(0, ...all.map(weight));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(longest + 1e-6);
      },
    ),
  );
});
