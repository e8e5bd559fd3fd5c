import { expect, test } from "vitest";
import { runLua } from "../host/run.js";

/** The statistic of chi-square over as many equally likely classes as there are counts. */
const chiSquare = `local function chi(counts, classes, total)
  local sum = 0
  for class = 1, classes do sum = sum + ((counts[class] or 0) - total / classes) ^ 2 end
  return sum / (total / classes)
end
`;

/** Numbers from 1 to `classes` by an expression, for several seeds. */
test.each([
  ["halves", 2, "math.random() < 0.5 and 1 or 2"],
  ["parts of the unit interval", 100, "math.floor(math.random() * 100) + 1"],
  ["low bits of a float", 64, "math.floor(math.random() * 2 ^ 30) % 64 + 1"],
  ["a die", 6, "math.random(6)"],
  ["a range that divides nothing", 97, "math.random(-48, 48) + 49"],
  ["low bits of all integers", 16, "(math.random(math.mininteger, math.maxinteger) & 15) + 1"],
  ["high bits of all integers", 16, "(math.random(math.mininteger, math.maxinteger) >> 28) + 1"],
  [
    "three quarters of all integers",
    3,
    "math.floor((math.random(-2 ^ 30, math.maxinteger) + 2.0 ^ 30) / 2 ^ 30) + 1",
  ],
  ["pairs of numbers", 64, "math.random(8) * 8 - 8 + math.random(8)"],
])("math.random is uniform: %s", (_, classes, expression) => {
  const total = 200 * classes;
  const output = runLua(`${chiSquare}
    for _, seed in ipairs { 0, 1, 42, -7, 123456789 } do
      math.randomseed(seed)
      local counts = {}
      for _ = 1, ${total} do
        local class = ${expression}
        counts[class] = (counts[class] or 0) + 1
      end
      say(chi(counts, ${classes}, ${total}), "\\n")
    end`);
  const degrees = classes - 1;
  // Five standard deviations: fixed seeds, so it fails always or never.
  const limit = degrees + 5 * Math.sqrt(2 * degrees);
  const found = output.trim().split("\n").map(Number);
  expect(found).toHaveLength(5);
  for (const each of found) expect(each).toBeLessThan(limit);
});

const ten = "for i = 1, 10 do say(math.random(1000000), ' ', math.random(), ' ') end";

test("the same seed gives the same numbers, in each state by itself; others give others", () => {
  const run = (seed: string) => runLua(`math.randomseed(${seed}) ${ten}`);
  expect(run("42")).toBe(run("42"));
  expect(run("42.9")).toBe(run("42"));
  expect(run("2^32 + 42")).toBe(run("42"));
  expect(new Set(["0", "1", "-1", "42", "43", "2^31", "1e9"].map(run)).size).toBe(7);
  const seeded = runLua(`math.randomseed(42) ${ten}`);
  expect(new Set([seeded, runLua(ten), runLua(ten)]).size).toBe(3);
});

test("nothing repeats within a hundred thousand numbers", () => {
  const program = `math.randomseed(42)
    local seen, again = {}, 0
    for _ = 1, 100000 do
      local value = math.random()
      if seen[value] then again = again + 1 end
      seen[value] = true
    end
    say(again)`;
  expect(runLua(program)).toBe("0");
});

test("bounds are kept, and wrong ones refused", () => {
  const program = `math.randomseed(1)
    local low, high = 2 ^ 40, 2 ^ 40 + 1
    for _ = 1, 100 do
      assert(math.random(3, 3) == 3 and math.random(math.maxinteger, math.maxinteger) == math.maxinteger)
      local wide = math.random(low, high)
      assert(wide == low or wide == high)
      assert(math.type(math.random(5)) == "integer" and math.random() < 1)
    end
    for _, bounds in ipairs { { 0 }, { 2, 1 }, { 1.5 }, { 2 ^ 70 }, { 1, 2, 3 }, { "x" }, { {} }, { 1, false } } do
      say(select(2, pcall(math.random, table.unpack(bounds))), "\\n")
    end
    say(select(2, pcall(math.randomseed)))`;
  const argument = (n: number, text: string, name = "random") =>
    `bad argument #${n} to 'math.${name}' (${text})`;
  expect(runLua(program).split("\n")).toEqual([
    argument(1, "interval is empty"),
    argument(1, "interval is empty"),
    argument(1, "number has no integer representation"),
    argument(1, "number has no integer representation"),
    "wrong number of arguments",
    argument(1, "number expected, got string"),
    argument(1, "number expected, got table"),
    argument(2, "number expected, got boolean"),
    argument(1, "number expected, got no value", "randomseed"),
  ]);
});
