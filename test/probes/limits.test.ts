import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { insertProbes } from "../../src/coverage/probes/insertProbes.js";
import { judges } from "../source/judge.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { type Lua, syntaxOf, upvaluesOf } from "./run.js";

type Compiles = (text: string) => boolean;

/** Texts that grow until a Lua no longer compiles them. */
const growing: readonly (readonly [what: string, most: number, make: (size: number) => string])[] = [
  [
    "locals",
    300,
    (n) => `${lines(n, (i) => `local v${i} = g and ${i}`)}\nlocal function f() return g or 1 end`,
  ],
  [
    "locals of a function that others use",
    300,
    (n) =>
      `local function f()\n${lines(n, (i) => `local v${i} = ${i}`)}\nreturn function() return v1 and g end end`,
  ],
  [
    "locals beside a loop",
    300,
    (n) => `${lines(n, (i) => `local v${i} = g`)}\nfor k, v in g() do g(k or v) end`,
  ],
  [
    "upvalues",
    300,
    (n) =>
      `${lines(n / 2, (i) => `local a${i}`)}\nlocal function outer()\n${lines(n / 2, (i) => `local b${i}`)}\nlocal function inner() g(${list(n / 2, (i) => `a${i}, b${i}`)}) return function() if g then a1 = b1 and g end end end end`,
  ],
  [
    "upvalues of a function without globals",
    300,
    (n) =>
      `${lines(n / 2, (i) => `local a${i}`)}\nlocal function outer()\n${lines(n / 2, (i) => `local b${i}`)}\nreturn function() return ${list(n / 2, (i) => `a${i} or b${i}`)} end end`,
  ],
  ["arguments before an operand", 300, (n) => `f(${list(n, (i) => `${i}`)}, a and b())`],
  [
    "arguments in each other",
    300,
    (n) => `f(${list(n / 2, (i) => `${i}`)}, f(${list(n / 2, (i) => `${i}`)}, a and b()))`,
  ],
  ["operands of ..", 300, (n) => `x = ${"a .. ".repeat(n)} (a and b())`],
  ["blocks", 300, (n) => `${"do ".repeat(n)} f() if a then b() end ${"end ".repeat(n)}`],
  ["clauses in clauses", 300, (n) => `${"if a() then b() else ".repeat(n)} c() ${"end ".repeat(n)}`],
  ["loops", 300, (n) => `${"while a() and b do ".repeat(n)} c() ${"end ".repeat(n)}`],
  [
    "loops that end with a condition",
    300,
    (n) => `${"repeat ".repeat(n)} c() ${"until a() or b ".repeat(n)}`,
  ],
  ["functions", 300, (n) => `${"f(function() g() return ".repeat(n)} a and b() ${"end) ".repeat(n)}`],
  ["parentheses", 300, (n) => `x = ${"(".repeat(n)} a and b() ${")".repeat(n)}`],
  ["parentheses around an operand", 300, (n) => `x = ${"(".repeat(n)} a() ${")".repeat(n)} and b`],
  ["operands in calls", 300, (n) => `x = ${"a and f(".repeat(n)} b and c() ${")".repeat(n)}`],
  ["tables", 300, (n) => `x = ${"{".repeat(n)} a and b() ${"}".repeat(n)}`],
  ["negations", 300, (n) => `if ${"not ".repeat(n)} a() and b() then c() end`],
  ["chains that bind to the right", 300, (n) => `if ${"a() ^ ".repeat(n)} b() and c then d() end`],
  ["clauses of an if", 2000, (n) => `if a() then b() ${lines(n, (i) => `elseif a(${i}) then b()`)} end`],
  ["operands", 3000, (n) => `x = ${"a() and b() or ".repeat(n)} c`],
];

/** The Luas that have these limits, and texts that are too long for the bindings to WebAssembly. */
const long: readonly (readonly [lua: Lua, what: string, least: number, make: (size: number) => string])[] = [
  ["lua5.1", "statements of a loop", 1, (n) => `while a() do\n${"b() ".repeat(n)}\nend`],
  ["lua5.3", "statements of a clause", 1, (n) => `if a() then\n${"b() ".repeat(n)}\nend`],
  ["luajit", "statements of a loop", 1, (n) => `while a() do\n${"b() ".repeat(n)}\nend`],
  ["luajit", "short statements", 1, (n) => `local a = 1\nfor i = 1, 2 do\n${"a = i ".repeat(n)}\nend`],
  ["luajit", "strings", 65_500, (n) => `return { ${list(n, (i) => `"s${i}"`)} }, a and b`],
  ["luajit", "numbers", 65_500, (n) => `f() g() return { ${list(n, (i) => `${i}.5`)} }, a and b`],
  ["lua5.1", "strings", 262_110, (n) => `return { ${list(n, (i) => `"s${i}"`)} }, a and b`],
  ["lua5.1", "numbers", 262_110, (n) => `f() g() return { ${list(n, (i) => `${i}.5`)} }, a and b`],
];

for (const [version, judge] of judges) {
  test.for(growing)(
    `in Lua ${version} as many %s as there can be`,
    { timeout: 300_000 },
    ([, most, make]) => {
      const upvalues = version === "5.1" ? 60 : 255;
      checkLimit(
        upvalues,
        (text) => judge(text).ok,
        [1, most],
        make,
        (size) => [1, 2, 3, 4, 8].map((less) => size - less),
      );
    },
  );
}

for (const [lua, what, least, make] of long) {
  testWith(lua)(`in ${lua} as many ${what} as there can be`, { timeout: 300_000 }, () => {
    const range = least === 1 ? ([1, 160_000] as const) : ([least, least + 50] as const);
    checkLimit(upvaluesOf(lua), compilesIn(lua), range, make, (size) =>
      least === 1 ? [size >> 1, size >> 2] : [],
    );
  });
}

function checkLimit(
  upvalues: 60 | 255,
  compiles: Compiles,
  range: readonly [least: number, most: number],
  make: (size: number) => string,
  others: (size: number) => readonly number[],
) {
  const size = largest((each) => compiles(make(each)), ...range);
  for (const each of [size, ...others(size)]) {
    const text = make(each);
    const probed = insertProbes(Buffer.from(text), syntaxOf(Buffer.from(text)), { upvalues });
    expect(compiles(Buffer.from(probed.text).toString("latin1")), `${each}`).toBe(compiles(text));
  }
}

function compilesIn(lua: Lua): Compiles {
  const file = path.join(makeFolder({}), "text.lua");
  return (text) => {
    writeFileSync(file, text);
    return spawnSync(toolPath(lua), ["-e", `assert(loadfile(${JSON.stringify(file)}))`]).status === 0;
  };
}

function largest(compiles: (size: number) => boolean, least: number, most: number): number {
  let low = least;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (compiles(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lines(count: number, make: (index: number) => string): string {
  return Array.from({ length: Math.floor(count) }, (_, index) => make(index + 1)).join("\n");
}

function list(count: number, make: (index: number) => string): string {
  return Array.from({ length: Math.floor(count) }, (_, index) => make(index + 1)).join(", ");
}
