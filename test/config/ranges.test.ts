import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/arguments/flags.js";
import { bustedOptions } from "../../src/config/busted.js";
import { commandsWith } from "../../src/config/commands/commands.js";
import { dashed, type OptionKey, optionKeys, optionTable } from "../../src/config/options/options.js";
import { loadConfig } from "../../src/index.js";
import { makeProject } from "../support/project.js";

const threshold = "a percentage from 0 to 100, or a whole number below 0: how many may be uncovered at most";

/** Numbers, each with what it must be and values beside that; a flag gets them as written. */
const numbers: readonly (readonly [key: OptionKey, expected: string, values: readonly string[]])[] = [
  ["timeout", "a number from 0 to 2147483", ["2147484", "-1", "1e400", "-0.5"]],
  ["maxMemory", "a number from 0 to 1048576", ["1e12", "-1", "1048577"]],
  ["maxInstructions", "a whole number from 0 to 9007199254740991", ["-1", "1e16", "0.5"]],
  ["jobs", "a whole number from 1 to 1024", ["0", "1e9", "1.5", "-2", "1025"]],
  ["bail", "a whole number from 0 to 1000000000", ["-1", "0.5", "1e10"]],
  ["retry", "a whole number from 0 to 1000000", ["-1", "1e7", "0.1"]],
  ["repeat", "a whole number from 1 to 100000", ["0", "-1", "1e6", "2.5"]],
  ["seed", "a whole number from 0 to 9007199254740991", ["-1", "9007199254740992", "1.5"]],
  ["lines", threshold, ["-5.5", "101", "100.5"]],
  ["functions", threshold, ["-.5", "1e3"]],
  ["branches", threshold, ["-1e-9", "1e400"]],
  ["statements", threshold, ["-1e300", "200"]],
  ["changedLines", threshold, ["-0.5", "101"]],
  ["changedBranches", threshold, ["-1.5", "1e3"]],
  ["conditions", threshold, ["-1.25", "100.01"]],
  ["mutationScore", "a number from 0 to 100", ["-1", "100.5"]],
  ["profileLimit", "a whole number from 1 to 1000000", ["0", "1000001"]],
];

const cases = numbers.flatMap(([key, expected, values]) =>
  values.map((value) => [key, value, expected] as const),
);

test("every number has a range", () => {
  const keys = optionKeys.filter((key) => optionTable[key].kind === "number");
  expect(numbers.map(([key]) => key).sort()).toEqual([...keys].sort());
});

test.for(cases)("%s %s is named with the range", async ([key, value, expected]) => {
  // What is beyond all numbers is shown as it was written.
  const shown = value === "1e400" ? '"1e400"' : String(Number(value));
  const flag = dashed(key);
  const known = commandsWith(key);
  const command = known.includes("tests") ? [] : known.slice(0, 1);
  for (const argv of [
    [...command, `--${flag}=${value}`],
    [...command, `--${flag}`, value],
  ]) {
    const message = `"${key}" in the given options is ${shown}, but must be ${expected}`;
    await expect(loadConfig({ ...parseCommandLine(argv).options, cwd: "." })).rejects.toThrow(message);
  }
  const cwd = makeProject({ ".nycrc.json": `{ "${flag}": ${value.replace(/^(-?)\./, "$10.")} }` });
  await expect(loadConfig({ cwd })).rejects.toThrow(
    `"${flag}" in ${cwd}/.nycrc.json is ${Number(value)}, but must be ${expected}`,
  );
});

test.for(["NaN", "Infinity", "-Infinity", "0x10", "0b1", "1e", "1,5", "ten", " 5"])(
  "%s is no number",
  async (value) => {
    const { options } = parseCommandLine([`--timeout=${value}`]);
    await expect(loadConfig({ ...options })).rejects.toThrow(
      `"timeout" in the given options is ${JSON.stringify(value)}, but must be a number from 0 to 2147483`,
    );
  },
);

test.for([
  ["repeat", 0, "a whole number from 1 to 100000"],
  ["repeat", Number.NaN, "a whole number from 1 to 100000"],
  ["seed", Number.POSITIVE_INFINITY, "a whole number from 0 to 9007199254740991"],
  ["seed", -1, "a whole number from 0 to 9007199254740991"],
] as const)("%s = %s in busted's configuration is named with the range", ([key, value, expected]) => {
  expect(() => bustedOptions({ [key]: [value] }, ".busted")).toThrow(
    `"${key}" in .busted is ${value}, but must be ${expected}`,
  );
});

test.for(["0/0", "3/2", "0/1", "1/0", "-1/2", "1", "1/2/3", "1e1/20"])("%s is no shard", async (shard) => {
  await expect(loadConfig({ shard })).rejects.toThrow(
    `"shard" in the given options is "${shard}", but must be a part and the number of parts`,
  );
});

test("the ends of a range belong to it", () => {
  const argv = [
    "--timeout",
    "2147483",
    "--jobs",
    "1024",
    "--lines",
    "100",
    "--bail",
    "0",
    "--repeat=1",
    "--max-memory=.5",
  ];
  const { options } = parseCommandLine(argv);
  expect(options).toEqual({ timeout: 2147483, jobs: 1024, lines: 100, bail: 0, repeat: 1, maxMemory: 0.5 });
});
