import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatNumber } from "../../src/engine/host/primitives/numeral.js";
import { makeFolder } from "../support/folder.js";
import { startLua53 } from "../support/lua53.js";
import { expectSame, testWithLua } from "./compare.js";
import { runLua } from "./run.js";

/** A Lua string literal of any bytes. */
const literal = (bytes: Uint8Array) =>
  `"${Array.from(bytes, (byte) => `\\${String(byte).padStart(3, "0")}`).join("")}"`;

test("bytes written in any mode and any pieces come back equal, in any pieces", () => {
  const piece = fc.uint8Array({ maxLength: 40 });
  const mode = fc.constantFrom("w", "wb", "w+", "a", "a+", "r+");
  const buffering = fc.constantFrom('"no"', '"line"', '"full", 7', '"full", 5000');
  const file = fc.record({
    pieces: fc.array(piece, { maxLength: 8 }),
    mode,
    buffering,
    count: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 20 }), (files) => {
      const lines = files.map(({ pieces, mode: how, buffering: size, count }, index) => {
        const all = literal(Buffer.concat(pieces));
        return `check(${index}, "${how}", ${all}, ${count}, {${size}}, ${["''", ...pieces.map(literal)].join(", ")})`;
      });
      expect(runLua(roundTrip + lines.join("\n"))).toBe("");
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

const roundTrip = `
local function check(name, mode, all, count, buffering, ...)
  local f = assert(io.open(name, mode:sub(1, 1) == "r" and "w" or mode))
  f:close()
  f = assert(io.open(name, mode))
  f:setvbuf((table.unpack or unpack)(buffering))
  for i = 1, select("#", ...) do assert(f:write((select(i, ...)))) end
  assert(f:seek() == #all)
  f:close()
  f = assert(io.open(name, "rb"))
  assert(f:read("a") == all)
  f:seek("set")
  local parts = {}
  for part in f:lines(count) do parts[#parts + 1] = part end
  assert(table.concat(parts) == all)
  f:seek("set")
  parts = {}
  for line in f:lines("L") do parts[#parts + 1] = line end
  assert(table.concat(parts) == all)
  f:close()
end
`;

/** What looks like a numeral, and nearly so. Integers beyond 32 bits are floats in the embedded Lua. */
const numeral = fc.oneof(
  fc.array(fc.constantFrom(..."0123456789+-.eExXpPaAfF \t"), { maxLength: 9 }).map((each) => each.join("")),
  fc.integer().map(String),
  fc.double({ noNaN: true }).map(String),
  fc.integer({ min: 0 }).map((each) => `0x${each.toString(16)}`),
  fc.integer({ min: 0, max: 999 }).map((each) => `0x${each.toString(16)}.8p-${each % 9}`),
  fc.integer({ min: 190, max: 210 }).map((each) => `1.${"0".repeat(each)}`),
  fc.constantFrom("nan", "inf", "0x", "0x.", ".", "-", "1e", "1e+", "00x1", "- 1", "\v\f1"),
);

testWithLua('read("n") agrees with lua5.3, in what it finds and in what it leaves', () => {
  fc.assert(
    fc.property(fc.array(numeral, { minLength: 400, maxLength: 600 }), (numerals) => {
      const folder = makeFolder({});
      const program = path.join(folder, "numerals.lua");
      const inputs = numerals.map((each) => literal(Buffer.from(each)));
      writeFileSync(
        program,
        readNumerals.replace("INPUTS", () => inputs.join(",\n")),
      );
      expectSame(program);
    }),
    { numRuns: 4, endOnFailure: true },
  );
});

const readNumerals = `
for _, input in ipairs { INPUTS } do
  local f = io.open("input", "w")
  f:write(input, "\\nrest")
  f:close()
  f = io.open("input")
  local found = f:read("n")
  io.write(found and found + 0.0 or "nothing", " ", f:read("a"))
  f:close()
end
`;

testWithLua("numbers are written as C's printf does", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer().map((each) => each / 1024),
    fc
      .tuple(fc.integer({ min: 1, max: 99999999 }), fc.integer({ min: -20, max: 60 }))
      .map(([a, b]) => (a * 2 + 1) * 2 ** b),
  );
  fc.assert(
    fc.property(fc.array(number, { minLength: 2000, maxLength: 2000 }), (numbers) => {
      const bits = numbers.map((each) => hexadecimal(each));
      const folder = makeFolder({
        "numbers.lua": `for _, each in ipairs { ${bits.join(",\n")} } do io.write(string.unpack("<d", each), "\\n") end`,
      });
      const { stdout } = startLua53(["numbers.lua"], { cwd: folder, encoding: "latin1" });
      expect(numbers.map((each) => formatNumber(each, 14))).toEqual(stdout.trimEnd().split("\n"));
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

function hexadecimal(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return literal(bytes);
}

testWithLua("any local time in any zone is the same", () => {
  const zone = fc.constantFrom(
    "Europe/London",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "Pacific/Apia",
    "America/St_Johns",
    "MST7MDT",
  );
  const field = (min: number, max: number) => fc.integer({ min, max });
  const date = fc.record({
    year: field(1903, 2036),
    month: field(-20, 40),
    day: field(-50, 80),
    hour: field(-100, 100),
    min: field(-999, 999),
    sec: field(-9999, 9999),
    isdst: fc.constantFrom("nil", "true", "false"),
  });
  fc.assert(
    fc.property(zone, fc.array(date, { minLength: 800, maxLength: 800 }), (name, dates) => {
      const tables = dates.map(
        (each) =>
          `{ ${Object.entries(each)
            .map(([key, value]) => `${key} = ${value}`)
            .join(", ")} }`,
      );
      const folder = makeFolder({
        "times.lua": `for _, each in ipairs { ${tables.join(",\n")} } do\n  local time = os.time(each)\n  print(time % 86400 + 0.0, os.date("%c %z %Z %G %V", time), each.yday, each.isdst)\nend`,
      });
      expectSame(path.join(folder, "times.lua"), { environment: { TZ: name } });
    }),
    { numRuns: 5, endOnFailure: true },
  );
});
