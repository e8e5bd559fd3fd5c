import { chmodSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readCoverage } from "../../../src/store/read.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { type DifferenceName, differs, testUnless } from "../../support/luaDifferences.js";

const module = "local M = {}\nfunction M.count(n)\n  return n + 1\nend\nreturn M\n";

/** How often the module's function ran; null when it is not in the coverage map. */
function callsIn(folder: string): number | null {
  const coverage = readCoverage(path.join(folder, ".nyc_output"));
  return coverage[path.join(folder, "src/m.lua")]?.f[0] ?? null;
}

const flags = ["--reporter", "none", "test/a.lua", "test/b.lua"];

test.each<[name: string, lua: string, difference: DifferenceName]>([
  ["a loop", "while true do\nend", "a loop that heeds no signal"],
  ["a pcall loop", "while true do pcall(error)\nend", "an interruption that is caught"],
  [
    "a pcall around the loop",
    "pcall(function() while true do\nend end) print('not' .. ' caught')",
    "an interruption that is caught",
  ],
  [
    "a coroutine",
    "coroutine.wrap(function() while true do\nend end)() print('not' .. ' caught')",
    "a coroutine that heeds no signal",
  ],
  ["a message handler", "xpcall(error, function() while true do\nend end)", "an interruption that is caught"],
])(
  "a test that never ends is ended by --timeout, and its hits are kept: %s",
  async (_name, lua, difference) => {
    const folder = makeFolder({
      "src/m.lua": module,
      "test/a.lua": `local m = require "src.m" m.count(1) m.count(2)\n${lua}`,
      "test/b.lua": 'require("src.m").count(3)',
    });
    const { code, stdout } = await runCli(folder, ["--timeout", "3", ...flags]);
    if (differs(difference)) {
      expect(stdout).toMatch(/^✖ test\/a\.lua \(N ms\)\n {4}timed out at test\/a\.lua(:[23])?\n/m);
      expect(stdout).toContain("\n✔ test/b.lua (N ms)\n\n1 passed, 1 failed\n");
      expect(code).toBe(1);
      expect([1, 3]).toContain(callsIn(folder));
      return;
    }
    expect(stdout).toMatch(
      /^✖ test\/a\.lua \(N ms\)\n {4}timed out at (test\/a\.lua:[23])\n\n {4}\1\n(.+\n)+\n {4}stack traceback:\n/,
    );
    expect(stdout).toContain("\n✔ test/b.lua (N ms)\n\n1 passed, 1 failed\n");
    expect(stdout).not.toContain("not caught");
    expect([code, callsIn(folder)]).toEqual([1, 3]);
  },
);

test("a test that executes more than --max-instructions fails alone, and its hits are kept", async () => {
  const folder = makeFolder({
    "src/m.lua": module,
    "test/a.lua": `local m = require "src.m" m.count(1) m.count(2)\nwhile true do\n  pcall(error)\nend`,
    "test/b.lua": 'require("src.m").count(3)',
  });
  const { code, stdout } = await runCli(folder, ["--max-instructions", "100000", ...flags]);
  expect(stdout).toMatch(
    /^✖ test\/a\.lua \(N ms\)\n {4}the program executed more than 100000 instructions, at test\/a\.lua:[23]; --max-instructions sets how many it may execute\n/m,
  );
  expect(stdout).toContain("\n✔ test/b.lua (N ms)\n\n1 passed, 1 failed\n");
  expect([code, callsIn(folder)]).toEqual([1, 3]);
});

testUnless("the embedded Lua")(
  "a program that executes more than --max-instructions ends with its place",
  async () => {
    const folder = makeFolder({ "main.lua": "print('begins')\nwhile true do pcall(error) end" });
    const { code, stdout, stderr } = await runCli(folder, [
      ...["--max-instructions", "5000", "--reporter", "none"],
      ...["exec", "main.lua"],
    ]);
    expect([code, stdout]).toEqual([1, "begins\n"]);
    expect(stderr).toContain("lua: more than 5000 instructions at main.lua:2\nstack traceback:\n");
  },
);

testUnless("what a call in C does")(
  "a test that never comes back from a library function is ended, too, and its hits are kept",
  async () => {
    const folder = makeFolder({
      "src/m.lua": module,
      "test/a.lua": `require("src.m").count(1)
      local a = string.rep
      string.find(a("a", 100) .. "b", a("a?", 50) .. a("a", 101))`,
      "test/b.lua": 'require("src.m").count(3)',
    });
    const { code, stdout } = await runCli(folder, ["--timeout", "3", ...flags]);
    const place = differs("a program in C that is examined")
      ? "at test/a.lua:3"
      : "after 3 s inside a library function";
    expect(stdout).toContain(`✖ test/a.lua (N ms)\n    timed out ${place}\n`);
    expect(stdout).toContain("\n✔ test/b.lua (N ms)\n");
    expect([code, callsIn(folder)]).toEqual([1, 2]);
  },
);

test.each<[string, string]>([
  ["tables", "t[#t + 1] = {} collectgarbage('count')"],
  ["strings, whose bytes Node does not count", 't[#t + 1] = ("x"):rep(1e7) .. #t'],
])("a test that takes more than --max-memory fails alone, and its hits are kept: %s", async (_name, lua) => {
  const folder = makeFolder({
    "src/m.lua": module,
    "test/a.lua": `require("src.m").count(1)\nlocal t = {} while true do ${lua} end`,
    "test/b.lua": 'require("src.m").count(3)',
  });
  const { code, stdout } = await runCli(folder, ["--max-memory", "64", ...flags]);
  const message =
    / {4}the program ran out of memory(| at test\/a\.lua:2); --max-memory sets how much it may take\n/;
  expect(stdout).toMatch(message);
  expect(stdout).toContain("\n✔ test/b.lua (N ms)\n\n1 passed, 1 failed\n\n");
  expect([code, callsIn(folder)]).toEqual([1, 2]);
});

testUnless("the embedded Lua")(
  "a test that fails and relied on what the embedded Lua lacks gets advice; one that passes gets none",
  async () => {
    const weak = 'local t = setmetatable({}, { __mode = "k" }) t[{}] = 1 collectgarbage()';
    const final = "local closed setmetatable({}, { __gc = function() closed = true end }) collectgarbage()";
    const folder = makeFolder({
      "src/m.lua": module,
      "test/a.lua": `require "src.m" ${weak} assert(next(t) == nil, "still there")`,
      "test/b.lua": `${final} assert(closed)`,
      "test/c.lua": `${weak} ${final}`,
      "test/d.lua": `setmetatable({}, { __mode = "k" }) error("something else")`,
      "test/e.lua": "local n = 4294967296 assert(math.type(n) == 'integer')",
      "test/f.lua": "assert(0x100000000 ~= 0)",
      "test/g.lua": "local n = 4294967296 assert(n * 2 == 8589934592 and 2147483647 + 0.5 and 1e300)",
      "test/h.lua": "local n = 2147483646 + 0x00000001 error(n - 2147483647 * 1 - 0x7fffffff)",
      "test/i.lua": "local hash = 16777 hash = hash * 16777619 error(hash)",
      "test/j.lua": "local max = 2147483647 error(max + 1)",
      "test/k.lua": "error(1 << 40)",
      "test/l.lua": "error(0xFFFFFFFF)",
      "test/m.lua": "local n = -1 error(n >> 4)",
      "test/n.lua": "local text = ('x'):rep(2^40) error(text)",
      "test/o.lua": "local n = 2^33 error(n | 1)",
      "test/p.lua": "error(0x7fffffff // 1 & -1 | 1 << 30)",
      "test/q.lua": "string.format('%d', 1.5)",
    });
    const { stderr } = await runCli(folder, ["--reporter", "none", "test"], { PATH: "/no/such/folder" });
    const advice = "which fengari does not have: if the failure is about that, run the test by --lua 5.3";
    const expected = [
      `test/a.lua relies on weak tables, ${advice}`,
      `test/b.lua relies on finalizers, ${advice}`,
      `test/e.lua relies on integers of more than 32 bits, ${advice}`,
      `test/f.lua relies on integers of more than 32 bits, ${advice}`,
      ...["i", "j", "k", "l", "m", "n", "o"].map(
        (name) => `test/${name}.lua relies on integers of more than 32 bits, ${advice}`,
      ),
    ];
    expect(stderr).toBe(expected.map((message) => `WARNING: ${message}\n`).join(""));
  },
);

test("Lua 5.1 says otherwise what it does not have, and gets the same advice", async () => {
  const folder = makeFolder({
    "test/a.lua": "local ngx = ngx local function f() return ngx.now() end f()",
    "test/b.lua": "vim.cmd 'q'",
  });
  const args = ["--lua", "5.1", "--reporter", "none", "test"];
  const { stderr } = await runCli(folder, args, { PATH: "/no/such/folder" });
  for (const what of ["test/a.lua relies on OpenResty,", "test/b.lua relies on Neovim,"])
    expect(stderr).toContain(`WARNING: ${what} which the embedded 5.1 does not have`);
});

testUnless("the embedded Lua").skipIf(process.platform === "win32")(
  "a test that fails for want of another Lua is told which one to take",
  async () => {
    const folder = makeFolder({
      "bin/luajit": "",
      "bin/nvim": "",
      "bin/lua5.4": "",
      "test/a.lua": "setfenv(1, {})",
      "test/b.lua": 'require "ffi"',
      "test/c.lua": "vim.cmd('q')",
      "test/d.lua": "ngx.say('x')",
      "test/e.lua": 'package.cpath = "./?.so" require "lib"',
      "lib.so": "",
      "test/f.lua": "pcall(setfenv)",
      "test/g.lua": "error(1 << 40)",
      "test/h.lua": "love.graphics.print('x')",
      "test/i.lua": "local ngx = ngx local function f() return ngx.now() end f()",
      "test/j.lua": "local vim = vim vim.cmd('q')",
      "test/k.lua": "_G.jit.off()",
      "test/l.lua": 'require "ngx"',
      "test/m.lua": "local love = nil local function f(love) return #love.x end f(1)",
    });
    for (const name of ["luajit", "nvim", "lua5.4"]) chmodSync(path.join(folder, "bin", name), 0o755);
    const { stderr } = await runCli(folder, ["--reporter", "none", "test"], {
      PATH: path.join(folder, "bin"),
    });
    const advice = (file: string, what: string, remedy: string) =>
      `WARNING: test/${file}.lua relies on ${what}, which fengari does not have: if the failure is about that, ${remedy}\n`;
    const table = "have the test make the table love that it needs";
    const missing = "install a Lua that has it, such as resty, and run the test by --lua";
    expect(stderr).toBe(
      [
        advice("a", "what Lua 5.1 had", "run the test by --lua 5.1"),
        advice("b", "LuaJIT", "run the test by --lua luajit"),
        advice("c", "Neovim", "run the test by --lua nvim"),
        advice("d", "OpenResty", missing),
        advice("e", "a module in C", "run the test by --lua lua5.4"),
        advice("g", "integers of more than 32 bits", "run the test by --lua 5.3"),
        advice("h", "LÖVE", `${table}, or measure the game as it runs: luacov-ts cover -- love .`),
        advice("i", "OpenResty", missing),
        advice("j", "Neovim", "run the test by --lua nvim"),
        advice("k", "LuaJIT", "run the test by --lua luajit"),
        advice("l", "OpenResty", missing),
      ].join(""),
    );
  },
);

testUnless("memory that is garbage")(
  "what a program has let go of does not count for --max-memory",
  async () => {
    const folder = makeFolder({ "test/a.lua": 'for i = 1, 100 do local s = ("x"):rep(1e7) .. i end' });
    const { stdout } = await runCli(folder, ["--max-memory", "64", "--reporter", "none", "test/a.lua"]);
    expect(stdout).toContain("1 passed, 0 failed");
  },
);
