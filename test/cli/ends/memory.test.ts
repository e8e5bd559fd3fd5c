import path from "node:path";
import { expect, test } from "vitest";
import { defaultMemory } from "../../../src/engine/host/memoryLimit.js";
import { readCoverage } from "../../../src/index.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs, leaveOut, testUnless } from "../../support/luaDifferences.js";

/** Single calls that would take far more than 64 MB; a program may catch that they get none. */
const calls: readonly string[] = [
  '("x"):rep(1e9)',
  '("x"):rep(6e7)',
  '("x"):rep(1e7, ("y"):rep(100))',
  '("x"):rep(1e5):gsub("x", ("y"):rep(1e4))',
  "table.concat(many)",
  'string.format(("%s"):rep(30), table.unpack(many))',
  'load(("x=1 "):rep(2e7))',
  'io.open("/dev/zero"):read("a")',
  'io.open("/dev/zero"):read("l")',
  'io.open("/dev/zero"):read(2e9)',
  'io.popen("cat /dev/zero"):read("a")',
  'dofile("/dev/zero")',
  "double()",
];

const prelude = `local long = ("x"):rep(2e6)
local many = {} for i = 1, 50 do many[i] = long end
local function double() local s = "x" while true do s = s .. s end end
`;

testUnless("memory of one call").skipIf(process.platform === "win32")(
  "a single call gets no more memory than --max-memory, as in Lua",
  async ({ skip }) => {
    leaveOut("what 5.3 takes", skip);
    const attempts = calls.map(
      (call, index) =>
        `local ok, message = pcall(function() return ${call} end)
      print(${index + 1}, ok, (tostring(message):gsub("^.*not enough memory.*", "not enough memory"):gsub(" near.*", "")))`,
    );
    const folder = makeFolder({
      "test/a.lua": prelude + attempts.map((each) => `do ${each} end\n`).join(""),
    });
    const { stdout } = await runCli(folder, ["--max-memory", "64", "--reporter", "none", "test/a.lua"]);
    const messages = calls.map((call) =>
      call.startsWith("dofile") && differs("a zero for a chunk")
        ? "/dev/zero:1: unexpected symbol"
        : "not enough memory",
    );
    const expected = messages.map((message, index) => `${index + 1}\tfalse\t${message}\n`).join("");
    expect(stdout.split("✔")[0]).toBe(expected);
    expect(stdout).toContain("\n1 passed, 0 failed\n");
  },
);

test.for<readonly [string, string]>([
  ["a chain", "local t = {} while true do t = { t } end"],
  ["a large table", "local t = {} for i = 1, 1e9 do t[i] = i end"],
  ["keys", 'local t = {} for i = 1, 1e9 do t["k" .. i] = i end'],
  ["coroutines", "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() end) end"],
  ["functions", "local t = {} for i = 1, 1e9 do t[i] = function() return t, i end end"],
  ["a chunk without end", 'load(function() return "x = x " end)'],
])(
  "a program that takes all memory fails alone, and what it covered counts: %s",
  async ([name, lua], { skip }) => {
    if (name === "a chunk without end") leaveOut("load without memory", skip);
    const folder = makeFolder({
      "src/m.lua": "return 1\n",
      "test/a.lua": `require "src.m"\n${lua}`,
      "test/b.lua": 'require "src.m"\n',
    });
    const { code, stdout } = await runCli(folder, ["--max-memory", "64", "--reporter", "none", "test"]);
    expect(stdout).toMatch(/^✖ test\/a\.lua \(.*\)\n {4}the program ran out of memory/);
    expect(stdout).toMatch(/\n✔ test\/b\.lua \(.*\)\n\n1 passed, 1 failed\n/);
    const hits = readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "src/m.lua")]?.s[0];
    expect(code).toBe(1);
    // One instruction may let a large table grow for longer than a program is given to leave its counters.
    const mayLoseCounts =
      differs("counts of a call that never returns") || differs("a loop that heeds no signal");
    expect(mayLoseCounts ? [1, 2] : [2]).toContain(hits);
  },
);

test("without --max-memory programs share half of the machine", () => {
  expect(defaultMemory(1)).toBeGreaterThanOrEqual(256);
  expect(defaultMemory(1)).toBeLessThanOrEqual(2048);
  expect(defaultMemory(1000)).toBe(256);
});
