import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { coverageDoubts, readCoverage } from "../../../src/index.js";
import { beginOfGroup } from "../../../src/store/runs.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";
import { withoutLua } from "../../support/testLua.js";

/** Waits until all four runs have come so far. */
const meet = `local lfs = require "lfs"
  io.open("here-" .. ..., "w"):close()
  repeat
    local count = 0
    for name in lfs.dir "." do if name:match "^here%-" then count = count + 1 end end
  until count == 4
`;

const project = {
  "package.json": "{}",
  "src/m.lua": "return function() end\n",
  "test/a.lua": `${meet} for _ = 1, 10 ^ (... - 1) do require "src.m" () end`,
  "test/old.lua": 'for _ = 1, 7 do require "src.m" () end',
};

function calls(folder: string): number | undefined {
  return readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "src/m.lua")]?.f[0];
}

test.for([
  ["each of which replaces what was there before", [], 1111],
  ["which add to what was there before", ["--no-clean"], 1118],
] as const)("four runs at the same time, %s, lose nothing", async ([, flags, sum]) => {
  const folder = makeFolder(project);
  const quiet = ["--reporter", "none"];
  await runCli(folder, [...quiet, "test/old.lua"]);
  const run = (number: string) => runCli(folder, [...quiet, ...flags, "test/a.lua", "--", number]);
  const results = await Promise.all(["1", "2", "3", "4"].map(run));
  expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(results.map(() => [0, ""]));
  expect(calls(folder)).toBe(sum);
  expect(coverageDoubts(path.join(folder, ".nyc_output"), folder)).toEqual([]);
  const record = JSON.parse(
    withoutLua(readFileSync(path.join(folder, ".nyc_output/luacov-ts/tests.json"), "utf8")),
  );
  expect(Object.keys(record.files)).toEqual(["test/a.lua", "test/old.lua"]);
  // What comes after all of them replaces all of them.
  await runCli(folder, [...quiet, "test/old.lua"]);
  expect(calls(folder)).toBe(7);
  const left = readdirSync(path.join(folder, ".nyc_output"), { recursive: true }).map(String);
  expect(left.filter((name) => !/tests\.json$|[\da-f-]{36}\.json$|^luacov-ts$/.test(name))).toEqual([]);
  expect(left.length).toBe(4);
});

test.for([
  ["nothing", [], 10],
  ["what ended before", [[1, 9]], 10],
  ["what ended at the moment of its begin", [[1, 10]], 10],
  ["what goes on", [[5, Number.POSITIVE_INFINITY]], 5],
  ["what ended meanwhile", [[5, 11]], 5],
  [
    "a chain",
    [
      [7, 11],
      [4, 8],
      [1, 5],
    ],
    1,
  ],
  [
    "a chain with a gap",
    [
      [7, 11],
      [4, 6],
    ],
    7,
  ],
  [
    "what began later",
    [
      [12, Number.POSITIVE_INFINITY],
      [3, 13],
    ],
    3,
  ],
] as const)("a run that begins at 10 belongs together with %s", ([, others, begin]) => {
  const intervals = others.map(([began, ended]) => ({ began, ended }));
  expect(beginOfGroup(10, intervals)).toBe(begin);
});

const suite = {
  "package.json": "{}",
  ...Object.fromEntries(
    ["a", "b", "c", "d", "e", "f", "g"].map((name, index) => [
      `test/${name}.lua`,
      `for _ = 1, ${index} * 100000 do end io.open("ran-${name}", "a"):write("x")`,
    ]),
  ),
};

test("shards that share one record run every file exactly once, one after the other or at the same time", async () => {
  const folder = makeFolder(suite);
  const counts = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith("ran-"))
      .map((name) => readFileSync(path.join(folder, name), "utf8").length);
  const shard = (index: number) =>
    runCli(folder, [
      "--shard",
      `${index}/3`,
      "--test-record",
      "tests.json",
      "--no-clean",
      "--reporter",
      "none",
    ]);
  for (const index of [1, 2, 3]) await shard(index);
  expect(counts()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  await Promise.all([shard(3), shard(1), shard(2)]);
  expect(counts()).toEqual([2, 2, 2, 2, 2, 2, 2]);
  // Once all are known, the next ones are cut by their times.
  await runCli(folder, ["report", "--reporter", "none", "--test-record", "tests.json"]);
  expect(readFileSync(path.join(folder, "tests.json"), "utf8")).not.toContain("fromShard");
  for (const index of [2, 3, 1]) await shard(index);
  expect(counts()).toEqual([3, 3, 3, 3, 3, 3, 3]);
}, 60_000);

test("report tells of a source that has changed, of a run that goes on, of a map of another version", async () => {
  const folder = makeFolder({
    ...project,
    "src/n.lua": "return 1",
    "test/b.lua": 'require "src.n" require "src.m"',
  });
  await runCli(folder, ["--reporter", "none", "test/b.lua"]);
  const own = path.join(folder, ".nyc_output/luacov-ts");
  const warnings = async () =>
    (await runCli(folder, ["report", "--reporter", "none"])).stderr.trim().split("\n");
  expect(await warnings()).toEqual([""]);
  writeFileSync(path.join(folder, "src/n.lua"), "return 1\r\n".trim());
  expect(await warnings()).toEqual([""]);
  writeFileSync(path.join(folder, "src/n.lua"), "\nreturn 1");
  const changed =
    "WARNING: src/n.lua has changed since it was measured, so its figures may be those of other lines; run again";
  expect(await warnings()).toEqual([changed]);
  const [origin = ""] = readdirSync(own).filter((name) => name !== "tests.json");
  const map = path.join(folder, ".nyc_output", origin);
  writeFileSync(path.join(own, origin), JSON.stringify({ version: 9 }));
  expect(await warnings()).toEqual([
    `WARNING: ${map.replace(folder, "<folder>")} is of another version of luacov-ts (format 9), and is taken as any other map`,
  ]);
  for (const [content, reason] of [
    ["{", /is not an Istanbul coverage map: .*; remove it, or run luacov-ts again\n$/],
    ['{"name":"x"}', /"name" in it is not the coverage of a file; remove it, or run luacov-ts again\n$/],
  ] as const) {
    writeFileSync(map, content);
    const { code, stderr } = await runCli(folder, ["report"]);
    expect([code, stderr.split("\n").length, stderr]).toEqual([2, 2, expect.stringMatching(reason)]);
    expect(stderr).toContain(origin);
  }
});

test("folders of ours that a test removes are a warning, and the result is kept", async () => {
  const rm = 'os.execute("rm -rf " .. ';
  const folder = makeFolder({
    ...project,
    "test/a.lua": `require "src.m" () ${rm}".nyc_output out")`,
    "test/b.lua": `require "src.m" () ${rm}os.getenv("TMPDIR") .. "/*")`,
    "test/c.lua": 'assert(os.execute(arg[-1] .. [[ -e "require [=[src.m]=] ()"]]))',
  });
  const flags = ["--reporter", "none", "--jobs", "1", "--test-reporter", "tap=out/tap.txt"];
  const { code, stderr } = await runCli(folder, [...flags, "test/a.lua", "test/b.lua", "test/c.lua"], {
    TMPDIR: makeFolder({}),
  });
  if (differs("counts in a folder that is removed")) {
    expect(stderr).toMatch(/^WARNING: .*\/job-\w+ was removed while the tests ran, so .*\nWARNING: /);
    expect([code, calls(folder)]).toEqual([0, 2]);
    return;
  }
  expect(stderr).toMatch(
    /^WARNING: .*\/luacov-ts-children-.* was removed while the tests ran, so .*\nWARNING: <folder>\/\.nyc_output was removed while the tests ran, .*\n$/,
  );
  expect([code, calls(folder)]).toEqual([0, 3]);
  expect(readFileSync(path.join(folder, "out/tap.txt"), "utf8")).toMatch(
    /^TAP version 14\n[\s\S]*\n1\.\.3\n/,
  );
});
