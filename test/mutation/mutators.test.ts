import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { mutantsOf } from "../../src/mutation/find/mutants.js";
import type { MutatorName } from "../../src/mutation/mutatorNames.js";
import { mutatorNames } from "../../src/mutation/mutatorNames.js";
import { render } from "../oracle/generated/render.js";
import { programs } from "../oracle/generated/tree.js";
import { runsOf } from "../support/runs.js";
import { faultsIn, syntaxOf, textsOf } from "./mutantsOf.js";

/** A text, and what all mutants of one kind make of it. */
const cases: readonly (readonly [mutator: MutatorName, text: string, mutants: readonly string[]])[] = [
  ["EqualityOperator", "x = a < b", ["x = a <= b", "x = a >= b"]],
  ["EqualityOperator", "x = a>b", ["x = a>=b", "x = a<=b"]],
  ["EqualityOperator", "x = a <= b == c", ["x = a < b == c", "x = a > b == c", "x = a <= b ~= c"]],
  ["EqualityOperator", "x = (a) ~= (b)", ["x = (a) == (b)"]],
  ["EqualityOperator", "x = a + b", []],
  ["ArithmeticOperator", "x = a + b * c", ["x = a - b * c", "x = a + b / c"]],
  ["ArithmeticOperator", "x = a+-b", ["x = a- -b"]],
  [
    "ArithmeticOperator",
    "x = a-b//c%d^e",
    ["x = a+b//c%d^e", "x = a-b*c%d^e", "x = a-b//c*d^e", "x = a-b//c%d*e"],
  ],
  ["ArithmeticOperator", "x = a + 0 - 0 + 1", ["x = a + 0 - 0 - 1"]],
  ["ArithmeticOperator", "x = a * 1 / 1 * 0", ["x = a * 1 / 1 / 0"]],
  ["ArithmeticOperator", "x = a .. b", []],
  [
    "BitwiseOperator",
    "x = a & b | c ~ d << e",
    ["x = a | b | c ~ d << e", "x = a & b & c ~ d << e", "x = a & b | c & d << e", "x = a & b | c ~ d >> e"],
  ],
  ["LogicalOperator", "x = a and b or c", ["x = a or b or c", "x = a and b and c"]],
  ["LogicalOperator", "if (a)and(b) then end", ["if (a)or(b) then end"]],
  ["UnaryOperator", "return-x", ["return x"]],
  ["UnaryOperator", "x = a - -b", ["x = a - b"]],
  ["UnaryOperator", "x = #a .. not b", []],
  ["UnaryOperator", "x = a..-1", ["x = a.. 1"]],
  ["UnaryOperator", "x = ~-a", ["x = -a", "x = ~a"]],
  ["BooleanLiteral", "x = not(a) == true", ["x = (a) == true", "x = not(a) == false"]],
  ["BooleanLiteral", "return not a", ["return  a"]],
  ["BooleanLiteral", "x = nil", []],
  [
    "ConditionalExpression",
    "if a then elseif (b) then else end",
    [
      "if true then elseif (b) then else end",
      "if false then elseif (b) then else end",
      "if a then elseif (true) then else end",
      "if a then elseif (false) then else end",
    ],
  ],
  ["ConditionalExpression", "while a do end", ["while false do end"]],
  ["ConditionalExpression", "while true do end", []],
  ["ConditionalExpression", "repeat until a < b", ["repeat until true"]],
  ["NilGuard", "x = a or {}", ["x = a"]],
  ["NilGuard", "x = (a or b) or (c)", ["x = (a) or (c)", "x = (a or b)"]],
  ["NilGuard", "x = a and a.b", ["x = a.b"]],
  ["NilGuard", "x = a and b or c", ["x = b or c", "x = a and b"]],
  ["NilGuard", "f(a and(b)or c)", ["f((b)or c)", "f(a and(b))"]],
  ["NilGuard", "if a or b and not (c or d) then end", []],
  ["NilGuard", "while f(a or b) do end", ["while f(a) do end"]],
  ["NumberLiteral", "x = 0 + 1 + 41", ["x = 1 + 1 + 41", "x = 0 + 0 + 41", "x = 0 + 1 + 42"]],
  [
    "NumberLiteral",
    "x = 0.5 + 0x10 + 0.0 + 1e3",
    [
      "x = 0 + 0x10 + 0.0 + 1e3",
      "x = 0.5 + 0 + 0.0 + 1e3",
      "x = 0.5 + 0x10 + 1 + 1e3",
      "x = 0.5 + 0x10 + 0.0 + 0",
    ],
  ],
  [
    "NumberLiteral",
    "for i = 1, 2, 1 do end",
    ["for i = 0, 2, 1 do end", "for i = 1, 3, 1 do end", "for i = 1, 2, 2 do end"],
  ],
  [
    "NumberLiteral",
    "for i = 9, 1, -1 do end",
    ["for i = 10, 1, -1 do end", "for i = 9, 0, -1 do end", "for i = 9, 1, -2 do end"],
  ],
  [
    "StringLiteral",
    "x = 'a' .. \"\" .. [[\nb]]",
    ['x = "" .. "" .. [[\nb]]', "x = 'a' .. \"luacov-ts\" .. [[\nb]]", 'x = \'a\' .. "" .. ""'],
  ],
  ["StringLiteral", 'local m = require "a.b"', []],
  ["StringLiteral", 'f "a"', ['f ""']],
  ["ArrayDeclaration", "x = { a, b }", ["x = {}"]],
  ["ArrayDeclaration", "x = {} y = { a = 1 }", []],
  ["ObjectLiteral", "x = { a = 1, 2 }", ["x = {}"]],
  ["ObjectLiteral", "f { [a] = { 1 } }", ["f {}"]],
  ["BlockStatement", "local function f() a() return b end", ["local function f()  end"]],
  ["BlockStatement", "f(function()return 1;end)", ["f(function()end)"]],
  [
    "BlockStatement",
    "for i = 1, 2 do a() end for k in b do c() end",
    ["for i = 1, 2 do  end for k in b do c() end", "for i = 1, 2 do a() end for k in b do  end"],
  ],
  [
    "BlockStatement",
    "if a then b() end if c then d() else e() end",
    ["if a then b() end if c then  else e() end", "if a then b() end if c then d() else  end"],
  ],
  ["BlockStatement", "if a then(f)()else(g)()end", ["if a then else(g)()end", "if a then(f)()else end"]],
  ["BlockStatement", "local function f() end while a do b() end", []],
  ["CallStatement", "f() a:b(c) x = f()", ["do end a:b(c) x = f()", "f() do end x = f()"]],
  ["CallStatement", "x = y\nf();(g)()", ["x = y\ndo end;(g)()", "x = y\nf();do end"]],
  ["ArgumentOrder", "f(a, b)", ["f(b, a)"]],
  ["ArgumentOrder", "f((a), (b)) g(c, c) h(d)", ["f((b), (a)) g(c, c) h(d)"]],
  ["ArgumentOrder", "f(g(a, b), h -- c\n, ...)", ["f(h, g(a, b) -- c\n, ...)", "f(g(b, a), h -- c\n, ...)"]],
  ["ReturnValue", "local function f() return a end return f", ["local function f() return nil end return f"]],
  ["ReturnValue", "local function f() return (a) end", ["local function f() return nil end"]],
  ["ReturnValue", "local function f() return nil, (e) end", ["local function f() return nil end"]],
  ["ReturnValue", "local function f() return nil end local function g() return true end", []],
  ["ReturnValue", "local function f() return a, b end", []],
  ["LoopBoundary", "for i = 1, #t do end", ["for i = 1, #t - 1 do end"]],
  ["LoopBoundary", "for i = 1, a + b do end", ["for i = 1, (a + b) - 1 do end"]],
  ["LoopBoundary", "for i = 1, 10 do end", []],
];

test.for(cases)("%s of %s", ([mutator, text, expected]) => {
  expect(textsOf(text, mutator)).toEqual(expected);
});

test("every kind has a case", () => {
  expect([...new Set(cases.map(([mutator]) => mutator))].toSorted()).toEqual(mutatorNames.toSorted());
});

test("mutants are in the order of the text, and each has an id of its own, which are the same in a text with other ends", () => {
  const source = Buffer.from("if a < b and not c then\n  f(1, 1.5)\nend\n");
  const mutants = mutantsOf(source, syntaxOf(source));
  expect(mutants.map(({ id }) => id)).toEqual([
    "1:4 ConditionalExpression",
    "1:4 ConditionalExpression 2",
    "1:6 EqualityOperator",
    "1:6 EqualityOperator 2",
    "1:10 LogicalOperator",
    "1:14 BooleanLiteral",
    "2:3 CallStatement",
    "2:5 NumberLiteral",
    "2:5 ArgumentOrder",
    "2:8 NumberLiteral",
  ]);
  const longer = Buffer.concat([source, Buffer.from("g()\n")]);
  expect(mutantsOf(longer, syntaxOf(longer)).slice(0, mutants.length)).toEqual(mutants);
});

test("places are in characters, and replacements in bytes", () => {
  const source = Buffer.from('x = "äöü" .. f("é", 2)');
  const [mutant] = mutantsOf(source, syntaxOf(source), ["ArgumentOrder"]);
  expect(mutant?.place).toEqual({ start: { line: 1, column: 15 }, end: { line: 1, column: 21 } });
  expect(textsOf('x = "äöü" .. f("é", 2)', "ArgumentOrder")).toEqual(['x = "äöü" .. f(2, "é")']);
});

test("mutants of generated programs are Lua wherever these are, and differ from them by tokens", () => {
  const property = fc.property(programs, (program) => {
    const source = Buffer.from(render(program, "prelude.lua"));
    expect(faultsIn(source, mutantsOf(source, syntaxOf(source)))).toEqual([]);
  });
  fc.assert(property, { numRuns: runsOf(15) });
});

/** What stands side by side without a blank is what a change may join. */
const tight = fc
  .array(
    fc.constantFrom(
      ...["x=a+-b", "return-x", "x=a..-1", "x=not(a)", "x=-(-b)", "if(a)then(f)()else(g)()end", "x=a~=b"],
      ...[
        "x=a//-b",
        "x=~(~b)",
        "for i=1,#t do(f)()end",
        "f(-a,-b)",
        "f(not(a),[[b]])",
        "x=-1",
        "x=a and(b)or-c",
      ],
      ...["repeat(f)()until-a<-b", "x={-a,-b}", "local function h()return(nil),(e)end", "x=a<-b", "x=2^-a"],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(
    (lines) =>
      `local a,b,c,e,f,g,t,x=...\n${lines.map((line) => (line.startsWith("return") ? `do ${line} end` : line)).join(";")}`,
  );

test("what stands side by side is not joined by a change", () => {
  const property = fc.property(tight, (text) => {
    const source = Buffer.from(text);
    expect(faultsIn(source, mutantsOf(source, syntaxOf(source)))).toEqual([]);
  });
  fc.assert(property, { numRuns: runsOf(60) });
});

test("mutants of all Lua here are Lua, and differ from it by tokens", () => {
  const root = path.join(import.meta.dirname, "../..");
  const files = fastGlob.sync(["src/lua/{host,spec,luassert}/**/*.lua", "examples/**/*.lua"], { cwd: root });
  const faults = files.flatMap((file) => {
    const source = readFileSync(path.join(root, file));
    const mutants = mutantsOf(source, syntaxOf(source));
    // Some of each file, others of each.
    const chosen = mutants.filter((_, index) => index % 29 === file.length % 29);
    return faultsIn(source, chosen).map((fault) => `${file}: ${fault}`);
  });
  expect(faults).toEqual([]);
});
