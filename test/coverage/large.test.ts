import { expect, test } from "vitest";
import { measure } from "../support/measure.js";

const many = (count: number, piece: (index: number) => string, between = " ") =>
  Array.from({ length: count }, (_, index) => piece(index)).join(between);

/** Counts of the map, and the hits of the last statement. */
function summaryOf(source: string) {
  const { coverage, warnings } = measure(source);
  const hits = Object.values(coverage.s);
  return {
    statements: hits.length,
    functions: Object.keys(coverage.f).length,
    branches: Object.keys(coverage.b).length,
    last: hits.at(-1),
    warnings,
  };
}

const plain = { functions: 0, branches: 0, last: 1, warnings: [] };

/** What Lua reads in a loop may be as long as it likes; what it recurses into, as deep as Lua goes. */
test.for<[string, string, Partial<ReturnType<typeof summaryOf>>]>([
  ["additions", `local a = 1 return ${many(100_000, () => "a", " + ")}`, { statements: 2 }],
  ["fields", `local t = {} t.t = t return t${".t".repeat(100_000)}`, { statements: 3 }],
  [
    "calls",
    `local function f() return f end return f${"()".repeat(100_000)}`,
    { statements: 3, functions: 1 },
  ],
  [
    "methods",
    `local b b = { a = function() return b end } return b${":a()".repeat(50_000)}`,
    { statements: 4, functions: 1 },
  ],
  ["operands of or", `local a return ${many(40_000, () => "a", " or ")}`, { statements: 2, branches: 1 }],
  [
    "operands of and",
    `local a = 1 return ${many(40_000, () => "a", " and ")}`,
    { statements: 2, branches: 1 },
  ],
  ["comparisons", `local a = true return ${many(20_000, () => "a", " == ")}`, { statements: 2 }],
  ["blocks in blocks", `${"do ".repeat(190)}local x = 1 ${"end ".repeat(190)}`, { statements: 1 }],
  [
    "conditions in conditions",
    `local x = 1 ${"if x then ".repeat(190)}x = 2 ${"end ".repeat(190)}`,
    { statements: 192, branches: 190 },
  ],
  ["blocks without code", `${"do end ".repeat(50_000)}local x = 1 return x`, { statements: 2 }],
  ["a goto over blocks without code", `do ${"do end ".repeat(20_000)}::a:: end return 1`, { statements: 1 }],
  [
    "clauses",
    `local x = 1 if x == 0 then x = 2 ${many(10_000, (n) => `elseif x == -${n} then x = 3`)} end return x`,
    { statements: 10_004, branches: 10_001 },
  ],
  [
    "clauses that never are",
    `local x = 1 if nil then x = 2 ${many(10_000, () => "elseif false then x = 3")} end return x`,
    { statements: 10_004 },
  ],
  [
    "functions",
    `${many(20_000, (n) => `function f${n}() end`)} return 1`,
    { statements: 20_001, functions: 20_000 },
  ],
  ["lines in a string", `local s = [[\n${"row\n".repeat(100_000)}]] return s`, { statements: 2 }],
  ["escapes in a string", `local s = '${"\\n".repeat(200_000)}' return s`, { statements: 2 }],
  ["statements on a line", `local x = 1 ${many(20_000, () => "x = 'é'")} return x`, { statements: 20_002 }],
])("%s", ([, source, expected]) => {
  expect(summaryOf(source)).toEqual({ ...plain, ...expected });
});

test("comments before thousands of statements", () => {
  const blocks = many(10_000, (n) => `-- luacov: ignore next\nif x == ${n} then x = 1 end`, "\n");
  const { coverage, warnings } = measure(`x = 0\n${blocks}\nreturn x`);
  expect(Object.values(coverage.s)).toEqual([1, 1]);
  expect(warnings).toHaveLength(10_000);
});
