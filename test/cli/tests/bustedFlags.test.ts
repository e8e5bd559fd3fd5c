import { expect, test } from "vitest";
import { parseCommandLine } from "../../../src/cli/arguments/flags.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const says = (name: string) => `it("${name}", function() print("ran ${name}") end)`;

const files = {
  "spec/a_spec.lua": says("a"),
  "spec/b_test.lua": says("b"),
  "spec/deep/c_spec.lua": says("c"),
  "spec/helped_spec.lua": 'it("helped", function() print("ran " .. arg[0]) end)',
  "spec/fails/one_fail.lua":
    'it("fails", function() error("no") end) it("is after", function() print("ran after") end)',
};

/** Flags, then which tests run, by what they print. */
const runs: readonly (readonly [flags: readonly string[], ran: readonly string[]])[] = [
  [["-p", "_test", "spec"], ["b"]],
  [
    ["--pattern", "^[ab]_", "spec"],
    ["a", "b"],
  ],
  [
    ["--pattern=_spec", "--exclude-pattern", "^helped", "spec"],
    ["a", "c"],
  ],
  [["--no-recursive", "--exclude-pattern", "helped", "spec"], ["a"]],
  [["-R", "-p", "^c", "spec"], ["c"]],
  [["-C", "spec", "a_spec.lua"], ["a"]],
  [["-C", "spec", "-C", "deep", "."], ["c"]],
  [["-p", "_fail", "--no-keep-going", "spec"], []],
  [["-k", "-p", "_fail", "spec"], ["after"]],
  [["-o", "plainTerminal", "spec/a_spec.lua"], ["a"]],
];

test("busted's flags choose tests as they do there", async () => {
  const folder = makeFolder(files);
  const answers = await Promise.all(runs.map(([flags]) => runCli(folder, ["--no-coverage", ...flags])));
  const ran = answers.map(({ stdout }) => Array.from(stdout.matchAll(/^ran (\w+)$/gm), ([, name]) => name));
  expect(ran).toEqual(runs.map(([, names]) => names));
});

test("patterns of names that no test file has are named", async () => {
  const folder = makeFolder(files);
  const inFolder = "is a test by its name, which must";
  const answers = await Promise.all([
    runCli(folder, ["-p", "xyz"]),
    runCli(folder, ["-p", "xyz", "--exclude-pattern", "^a", "spec"]),
    runCli(makeFolder({ ...files, ".busted": "return {}" }), ["-p", "xyz"]),
  ]);
  expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual([
    [
      2,
      `ERROR: No file in "spec" in <folder> ${inFolder} match the Lua pattern "xyz" (pattern); give other patterns, or a file\n`,
    ],
    [
      2,
      `ERROR: No file in "spec" in <folder> ${inFolder} match the Lua pattern "xyz" (pattern) and not match "^a" (exclude-pattern); give other patterns, or a file\n`,
    ],
    [
      2,
      `ERROR: No file in "spec" in <folder> ${inFolder} match the Lua pattern "xyz" (pattern); give other patterns, or a file\n`,
    ],
  ]);
});

test("busted's own configuration gives way to flags", async () => {
  const folder = makeFolder({ ...files, ".busted": 'return { default = { pattern = { "_spec" } } }' });
  const { stdout } = await runCli(folder, ["--no-coverage", "-p", "_test"]);
  expect(stdout.match(/^ran .*$/gm)).toEqual(["ran b"]);
});

/** Flags of busted's that mean nothing here, and what is said to be used. */
const others: readonly (readonly [flags: readonly string[], advice: string])[] = [
  [["-e", "x = 1"], "--helper FILE"],
  [["-s"], "There is no -s here: have the shell say it"],
  [["-ls"], "There is no -s here: have the shell say it"],
  [["-Xoutput=x"], "There is no -Xoutput here"],
  [["--verbose"], "failures are always shown"],
  [["--lang", "de"], "--helper"],
  [["--loaders=moonscript"], "compiled first"],
  [["-Xoutput", "x"], "--test-reporter junit=junit.xml"],
  [["--ignore-lua"], "--lua"],
  [["--no-auto-insulate"], "a Lua state of its own"],
  [["--coverage-config-file=x"], ".luacov"],
  [["--defer-print"], "--test-reporter dot"],
];

test.for(others)("%j means nothing here, and the sentence says what to use", ([flags, advice]) => {
  expect(() => parseCommandLine(flags)).toThrow(advice);
});

test("files alone, or specs alone, are shuffled", async () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const specs = Object.fromEntries(
    names.map((name) => [`spec/${name}_spec.lua`, names.map((each) => says(name + each)).join("\n")]),
  );
  const folder = makeFolder(specs);
  const order = async (flag: string) => {
    const { stdout } = await runCli(folder, ["--no-coverage", "--jobs", "1", "--seed", "7", flag, "spec"]);
    return stdout.match(/^ran \w\w$/gm) ?? [];
  };
  const [files, tests] = await Promise.all([order("--shuffle-files"), order("--shuffle-tests")]);
  const [first, second] = [4, 5].map((at) => (ran: readonly string[]) => ran.map((line) => line[at] ?? ""));
  const sorted = names.flatMap((name) => names.map(() => name));
  expect(first?.(files)).not.toEqual(sorted);
  expect(second?.(files)).toEqual(names.flatMap(() => names));
  expect(first?.(tests)).toEqual(sorted);
  expect(second?.(tests)).not.toEqual(names.flatMap(() => names));
});

test("without tests there is success where that is asked for", async () => {
  const folder = makeFolder({ "spec/a_spec.lua": says("a") });
  const asked = ["--pass-with-no-tests"];
  const answers = await Promise.all([
    runCli(folder, [...asked, "nowhere"]),
    runCli(folder, [...asked, "--no-coverage", "--filter", "x", "spec"]),
    runCli(folder, ["nowhere"]),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 2]);
  expect(answers[0]?.stderr).toMatch(/^No test file matches "nowhere"/);
});

test("where there may be no tests, and none is run, no coverage is missing, and no threshold is checked", async () => {
  const folder = makeFolder({
    "src/m.lua": "return {}",
    "spec/a_spec.lua": 'it("a #x", function() require "src.m" end)',
    "spec/b_spec.lua": "",
  });
  const flags = ["--pass-with-no-tests", "--reporter", "none"];
  const filtered = await runCli(folder, [...flags, "-t", "nope", "spec/a_spec.lua"]);
  const nothing = "No test was run: spec/a_spec.lua has none that --tags nope lets through\n";
  expect([filtered.code, filtered.stderr]).toEqual([0, nothing]);
  expect((await runCli(folder, [...flags, "spec/b_spec.lua"])).code).toBe(0);
  expect((await runCli(folder, ["--reporter", "none", "spec/b_spec.lua"])).code).toBe(1);
  for (const more of [["--all", "spec/b_spec.lua"], ["spec/b_spec.lua"], ["nowhere"]]) {
    const checked = await runCli(folder, [...flags, "--check-coverage", "--lines", "100", ...more]);
    expect([checked.code, checked.stderr]).toEqual([
      0,
      expect.stringMatching(/\nWARNING: The thresholds are not checked, since no test was run\n$/),
    ]);
  }
});

test("--quiet shows nothing of a run without failures, and failures", async () => {
  const folder = makeFolder({
    ...files,
    "m.lua": "return 1",
    "spec/a_spec.lua": 'require "m" it("a", print)',
  });
  const [good, bad] = await Promise.all([
    runCli(folder, ["-q", "spec/a_spec.lua"]),
    runCli(folder, ["--quiet", "--no-coverage", "spec/fails/one_fail.lua"]),
  ]);
  expect(good).toEqual({ code: 0, stdout: "", stderr: "" });
  expect([bad.code, bad.stdout]).toEqual([1, expect.stringContaining("1 passed, 1 failed")]);
});

test("--color wins over the environment, and the last one over others", async () => {
  const folder = makeFolder({ "a.lua": "" });
  const [on, off] = await Promise.all([
    runCli(folder, ["--no-coverage", "--color", "a.lua"], { NO_COLOR: "1" }),
    runCli(folder, ["--no-coverage", "--color", "--no-color", "a.lua"], { NO_COLOR: "", FORCE_COLOR: "1" }),
  ]);
  expect([on.stdout.includes("\u001b["), off.stdout.includes("\u001b[")]).toEqual([true, false]);
});
