import path from "node:path";
import { expect } from "vitest";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";
import { embeddedOf, type NativeLua, runEmbedded, runNative } from "./compare.js";

interface Difference {
  readonly reason: string;
  /** What Lua texts print, in the versions of Debian and in those that are embedded. */
  readonly examples: readonly (readonly [text: string, lua: NativeLua, native: string, embedded: string])[];
}

/** In what the embedded versions differ from Debian's, and why. */
const differences: readonly Difference[] = [
  {
    reason: "addresses, C's size_t, and in 5.1 its long, have 32 bits in WebAssembly and 64 on most machines",
    examples: [
      ["print(string.packsize 'T', #string.pack('s', ''))", "lua5.3", "8\t8", "4\t4"],
      ["print(string.packsize 'T', #string.pack('s', ''))", "lua5.4", "8\t8", "4\t4"],
      ["print(tonumber('ffffffffff', 16))", "lua5.1", "1099511627775", "4294967295"],
      ["print(os.time { year = 2 ^ 32 + 2000, month = 1, day = 1 } < 1e12)", "lua5.1", "true", "false"],
    ],
  },
  {
    reason:
      "the compiler of the package evaluates the arguments of a C function in another order than Debian's",
    examples: [
      [
        "print(pcall(math.fmod, 'x', 'y'))",
        "lua5.4",
        "false\tbad argument #2 to 'math.fmod' (number expected, got string)",
        "false\tbad argument #1 to 'math.fmod' (number expected, got string)",
      ],
      [
        "print(pcall(package.searchpath))",
        "lua5.3",
        "false\tbad argument #2 to 'package.searchpath' (string expected, got no value)",
        "false\tbad argument #1 to 'package.searchpath' (string expected, got no value)",
      ],
    ],
  },
  {
    reason:
      "another C library writes the smallest floats in hexadecimal, and what is infinite has no exponent, otherwise",
    examples: [
      ["print(string.format('%a', 5e-324))", "lua5.4", "0x0.0000000000001p-1022", "0x1p-1074"],
      ["print((select(2, math.frexp(1 / 0))) == 0)", "lua5.3", "true", "false"],
    ],
  },
  {
    reason: "the package's 5.2 is compiled for a C library that need not have '%a'",
    examples: [["print((pcall(string.format, '%a', 1)))", "lua5.2", "true", "false"]],
  },
  {
    reason:
      "whether a result that is no number has a sign is the C library's choice; it is one to nobody else",
    examples: [["print(math.acos(2))", "lua5.4", "nan", "-nan"]],
  },
  {
    reason: "a buffer that is full is written as a whole, not up to a multiple of a page",
    examples: [
      [
        `local f = io.open("x", "w") for i = 1, 5 do f:write(("x"):rep(1000)) end print(io.open "x":seek "end")`,
        "lua5.4",
        "4096",
        "5000",
      ],
    ],
  },
  {
    reason: "what is to have no buffer has none from then on",
    examples: [
      [
        `local f = io.open("x", "w") f:setvbuf "no" f:setvbuf "full" f:write "x" f:write "y" print(io.open "x":seek "end")`,
        "lua5.4",
        "1",
        "2",
      ],
    ],
  },
  {
    reason: "a '0x' without digits is a zero to the C library, which reads numbers for 5.1",
    examples: [["print(tonumber '0x')", "lua5.1", "nil", "0"]],
  },
  {
    reason: "C modules cannot be loaded",
    examples: [["print((select(3, package.loadlib('missing', '*'))))", "lua5.4", "open", "absent"]],
  },
];

for (const { reason, examples } of differences) {
  for (const [text, lua, native, embedded] of examples) {
    testWith(lua)(`the embedded ${lua} differs for ${text}: ${reason}`, () => {
      const script = path.join(makeFolder({ "script.lua": text }), "script.lua");
      expect(runNative(lua, script).stdout.trim()).toBe(native);
      expect(runEmbedded(embeddedOf(lua), script).stdout.trim()).toBe(embedded);
    });
  }
}
