import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { type DifferenceName, differs } from "../../support/luaDifferences.js";

const lib = `local lib = {}
function lib.before() end
function lib.after() end
return lib`;

/** What a test file does between lib.before() and lib.after(), and the code that it ends with. */
const allExits: readonly (readonly [lua: string, code: number, difference?: DifferenceName])[] = [
  ["os.exit()", 0],
  ["os.exit(true)", 0, "booleans for os.exit"],
  ["os.exit(false)", 1, "booleans for os.exit"],
  ["os.exit(0)", 0],
  ["os.exit(3) lib.after()", 3],
  ["os.exit(3, true)", 3],
  ['os.exit("4")', 4],
  ["os.exit(256 + 7)", 7],
  ["pcall(os.exit, 3)", 3],
  ["pcall(pcall, os.exit, 3)", 3],
  ["pcall(function() os.exit(3) end) lib.after()", 3],
  ["xpcall(function() os.exit(3) end, function() lib.after() end) lib.after()", 3],
  ['xpcall(function() error("x") end, function() os.exit(3) end) lib.after()', 3],
  ["coroutine.resume(coroutine.create(function() os.exit(3) end)) lib.after()", 3],
  ["coroutine.wrap(function() coroutine.wrap(function() os.exit(3) end)() lib.after() end)()", 3],
  ["pcall(coroutine.wrap(function() pcall(os.exit, 3) lib.after() end)) lib.after()", 3],
  [
    "local co = coroutine.wrap(function() pcall(function() coroutine.yield() os.exit(3) end) lib.after() end) co() pcall(co)",
    3,
    "a yield across pcall",
  ],
  ["load(function() os.exit(3) end) lib.after()", 3],
  ["table.sort({ 3, 2, 1 }, function() os.exit(3) end) lib.after()", 3],
  ['string.gsub("abc", ".", function() os.exit(3) end) lib.after()', 3],
  ["local x = setmetatable({}, { __index = function() os.exit(3) end }).x lib.after()", 3],
  ["local x = setmetatable({}, { __add = function() os.exit(3) end }) + 1 lib.after()", 3],
  ["print(setmetatable({}, { __tostring = function() os.exit(3) end })) lib.after()", 3],
  ["error(setmetatable({}, { __tostring = function() os.exit(3) end }))", 3],
  ["for _ in function() os.exit(3) end do lib.after() end", 3],
  ["package.preload.m = function() os.exit(3) end pcall(require, 'm') lib.after()", 3],
  ["debug.sethook(function() os.exit(3) end, 'c') lib.after()", 3],
];

const exits = allExits.filter(([, , difference]) => difference === undefined || !differs(difference));

test("os.exit ends its file at once, wherever it is called, and keeps the hits", async () => {
  const names = exits.map((_, index) => `test/${String(index).padStart(2, "0")}.lua`);
  const folder = makeFolder({
    "lib.lua": lib,
    ...Object.fromEntries(
      exits.map(([lua], index) => [
        names[index] ?? "",
        `local lib = require "lib"\nlib.before()\n${lua}\nlib.after()`,
      ]),
    ),
    // Runs last, and shows that the process still lives.
    "test/last.lua": 'require("lib").before()',
  });
  const { code, stdout } = await runCli(folder, [
    "test",
    "--reporter",
    "lcovonly",
    "--reporter",
    "text-lcov",
  ]);

  const lines = exits.flatMap(([, exit], index) =>
    exit === 0
      ? [`✔ ${names[index]} (N ms)`]
      : [`✖ ${names[index]} (N ms)`, `    os.exit was called with code ${exit}`],
  );
  const passed = exits.filter(([, exit]) => exit === 0).length + 1;
  const total = `${passed} passed, ${names.length + 1 - passed} failed`;
  expect(stdout.split("\n")).toEqual(expect.arrayContaining([...lines, "✔ test/last.lua (N ms)", total]));
  expect(stdout).toContain(`FNDA:${exits.length + 1},lib.before\nFNDA:0,lib.after\n`);
  expect(code).toBe(1);
});

test("an argument that is no code is an error of the file", async () => {
  const folder = makeFolder({ "a.lua": "os.exit({})", "b.lua": "os.exit(2.5)" });
  const { stdout } = await runCli(folder, ["a.lua", "b.lua"]);
  expect(stdout).toContain("a.lua:1: bad argument #1 to 'exit' (number expected, got table)");
  const fraction = differs("os.exit with a fraction")
    ? "os.exit was called with code 2"
    : "b.lua:1: bad argument #1 to 'exit' (number has no integer representation)";
  expect(stdout).toContain(fraction);
});
