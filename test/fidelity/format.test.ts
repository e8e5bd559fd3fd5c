import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expectSame, testWithLua } from "../host/compare.js";
import { makeFolder } from "../support/folder.js";

/** Cases in one process of each Lua. */
const BATCH = 3000;

const flags = fc.string({ unit: fc.constantFrom(..."-+ #0"), maxLength: 3 });
const width = fc.constantFrom("", "", "1", "5", "10", "20", "99");
const precision = fc.constantFrom("", "", ".", ".0", ".1", ".3", ".10", ".20", ".99");
const double = fc.oneof(
  fc.double(),
  fc.double({ min: -1e6, max: 1e6 }),
  fc.integer({ min: -8000, max: 8000 }).map((n) => n / 16),
  fc.constantFrom(0.5, 2.5, 9.5, 1e15, 1e21, 2 ** 53, 5e-324, -0, Infinity, -Infinity),
);
// Negative integers in other bases have 64 digits in lua5.3 and 32 here.
const natural = fc.nat({ max: 2 ** 31 - 1 });
const integer = fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 });
const text = fc.string({
  unit: fc.constantFrom("a", "é", "\\n", "\\0", '"', "\\200", "7", " "),
  maxLength: 8,
});

function specification(letters: string, argument: fc.Arbitrary<string>, used = flags) {
  return fc
    .tuple(used, width, precision, fc.constantFrom(...letters), argument)
    .map(([flag, w, p, letter, value]) => `show('%${flag}${w}${p}${letter}', ${value})`);
}

const literal = (n: number) => {
  if (!Number.isFinite(n)) return n > 0 ? "1/0" : n < 0 ? "-1/0" : "0/0";
  return Object.is(n, -0) ? "-0.0" : Number.isInteger(n) ? `${n.toExponential()}` : String(n);
};

const formats = fc.oneof(
  specification("aAeEf", double.map(literal)),
  // With "#", glibc drops zeros where rounding reaches a power of ten: "-1.e+06".
  specification(
    "gG",
    double.map(literal),
    flags.filter((each) => !each.includes("#")),
  ),
  specification("di", integer.map(String)),
  specification("uoxX", natural.map(String)),
  specification(
    "s",
    text.map((each) => `"${each.replaceAll('"', '\\"')}"`),
    fc.constantFrom("", "-"),
  ),
  text.map((each) => `show("%q", "${each.replaceAll('"', '\\"')}")`),
  double.map((n) => `show("%q %s", ${literal(n)}, ${literal(n)}) print(${literal(n)}, ${literal(n)} .. "")`),
);

const numeral = fc.string({ unit: fc.constantFrom(..."0123456789.xXeEpP+- abf"), maxLength: 9 });
// Six digits of base 36 are more than 32 bits.
const digits = fc.string({ unit: fc.constantFrom(..."0123456789abcXYZ+- "), maxLength: 5 });
const numerals = fc.oneof(
  numeral.filter(fitsIn32Bits).map((each) => `print(tonumber("${each}"))`),
  double.map((n) => `print(tonumber("${n.toExponential()}"), tonumber("${n.toFixed(5)}"))`),
  fc.tuple(digits, fc.integer({ min: 2, max: 36 })).map(([each, base]) => `base("${each}", ${base})`),
);

/** Whether a numeral is no integer beyond the embedded Lua's. */
function fitsIn32Bits(numeral: string): boolean {
  const integer = /^[ +-]*(0[xX][0-9a-fA-F]+|[0-9]+) *$/.exec(numeral)?.[1];
  return integer === undefined || Number(integer) < 2 ** 31;
}

const prelude = `
local function show(format, ...) print(format, pcall(string.format, format, ...)) end
local function base(text, n) print(text, n, tonumber(text, n)) end
`;

function expectSameOfAll(statements: fc.Arbitrary<string>): void {
  const sample = fc.sample(statements, BATCH).map((each) => `do ${each} end`);
  const program = path.join(makeFolder({}), "generated.lua");
  writeFileSync(program, [prelude, ...sample].join("\n"));
  expectSame(program);
}

testWithLua("string.format and tostring agree with lua5.3", () => expectSameOfAll(formats));
testWithLua("tonumber agrees with lua5.3", () => expectSameOfAll(numerals));
