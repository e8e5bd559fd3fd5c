import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

const spec = (name: string) =>
  `describe("${name}", function() for i = 1, 6 do it("test " .. i, function() print("ran ${name} " .. i) end) end end)`;
const files = {
  "spec/a_spec.lua": spec("a"),
  "spec/b_spec.lua": spec("b"),
  "spec/c_spec.lua": spec("c"),
  "src/m.lua": "",
};

/** What ran, in its order. */
async function order(args: readonly string[]): Promise<string[]> {
  const { stdout, code } = await runCli(makeFolder(files), ["spec", "--reporter", "none", ...args]);
  expect(code).toBe(1);
  return Array.from(stdout.matchAll(/^\s*ran (\w \d)$/gm), ([, name = ""]) => name);
}

test("files and tests run in the order of their names and of their lines, or in that of a seed", async () => {
  const plain = await order([]);
  expect(plain).toEqual(["a", "b", "c"].flatMap((name) => [1, 2, 3, 4, 5, 6].map((i) => `${name} ${i}`)));
  const [one, again, other] = await Promise.all(
    ["5", "5", "6"].map((seed) => order(["--shuffle", "--seed", seed])),
  );
  expect(one).toEqual(again);
  expect(one).not.toEqual(plain);
  expect(one).not.toEqual(other);
  expect(one?.toSorted()).toEqual(plain);
});

test("--repeat runs the whole suite again and again, each time in another order when it is shuffled", async () => {
  const twice = await order(["--repeat", "2"]);
  expect(twice.slice(0, 18)).toEqual(twice.slice(18));
  const shuffled = await order(["--repeat", "2", "--shuffle", "--seed", "5"]);
  expect(shuffled.slice(0, 18)).not.toEqual(shuffled.slice(18));
  expect(shuffled.slice(0, 18).toSorted()).toEqual(shuffled.slice(18).toSorted());
});

test.for(["--seed=-1", "--seed=x", "--repeat=0", "--repeat=1.5"])("%s is refused", async (flag) => {
  const { code, stderr } = await runCli(makeFolder(files), ["spec", flag]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/"(seed|repeat)" .* must be a whole number/)]);
});

test.for([
  [
    ["--filter", "nothing is called so"],
    "the 3 test files have none that --filter nothing is called so lets through",
  ],
  [["--tags", "fast,slow"], "the 3 test files have none that --tags fast,slow lets through"],
  [["--name", "a test"], "the 3 test files have none that --name a test lets through"],
] as const)("%s, which no test matches, is no green run", async ([flags, message]) => {
  const { code, stderr } = await runCli(makeFolder(files), ["spec", "--reporter", "none", ...flags]);
  expect([code, stderr]).toEqual([1, expect.stringContaining(`ERROR: No test was run: ${message}`)]);
});

test("--name runs one test, by its full name", async () => {
  expect(await order(["--name", "b test 2"])).toEqual(["b 2"]);
});
