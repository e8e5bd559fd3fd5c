import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { TestResult } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { type DebianLua, debianPaths, luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { hasTool, type ToolName, testWith } from "../support/tools.js";

/** What a test does, and what becomes of it; null for one that passes. */
interface Fault {
  readonly body: string;
  readonly message: RegExp | null;
  /** Whether the file goes on. */
  readonly goesOn?: boolean;
  readonly luas?: readonly DebianLua[];
  readonly tool?: ToolName;
}

const timedOut = /^timed out at spec\/\w+_spec\.lua:\d+$/;
const early = /^os\.exit was called with code \d before the tests of this file had ended$/;
const outOfMemory = /^the program ran out of memory/;

const faults: Readonly<Record<string, Fault>> = {
  loop: { body: "while true do end", message: timedOut },
  loopInCoroutine: { body: "coroutine.wrap(function() while true do end end)()", message: timedOut },
  loopThatCatches: { body: "while true do pcall(error) end", message: timedOut },
  search: { body: "(('a'):rep(100) .. 'b'):find(('a?'):rep(50) .. ('a'):rep(101))", message: timedOut },
  command: { body: "os.execute 'sleep 1000'", message: timedOut },
  pipe: { body: "io.popen('sleep 1000'):read '*a'", message: timedOut },
  load: { body: "os.execute 'mkfifo fifo' dofile 'fifo'", message: timedOut },
  socket: { body: "require 'socket'.sleep(1000)", message: timedOut, tool: "lua-socket" },
  deaf: {
    body: "os.execute [[trap '' TERM INT HUP; while true; do sleep 1000; done]]",
    message: timedOut,
  },
  pause: {
    body: "local ffi = require 'ffi' ffi.cdef 'int pause(void);' while true do ffi.C.pause() end",
    message: timedOut,
    luas: ["luajit"],
  },
  tables: { body: "local t = {} while true do t = { t, {}, {} } end", message: outOfMemory },
  strings: { body: "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e6) .. i end", message: outOfMemory },
  oneString: { body: "local s = 'x' while true do s = s .. s end", message: /memory|overflow|too large/ },
  catchesMemory: {
    body: "local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(1e6) .. #t end) end",
    message: outOfMemory,
  },
  exit: { body: "os.exit(0)", message: early },
  exitInCoroutine: { body: "coroutine.wrap(function() pcall(os.exit, 3) end)()", message: early },
  exitInSort: { body: "table.sort({ 3, 2, 1 }, function() os.exit(4) end)", message: early },
  exitInError: {
    body: "error(setmetatable({}, { __tostring = function() os.exit(5) end }))",
    message: early,
  },
  exitInFinalizer: {
    body: "local p = newproxy and newproxy(true) getmetatable(p or setmetatable({}, {})).__gc = function() os.exit(6) end if not p then setmetatable({}, { __gc = function() os.exit(6) end }) end p = nil collectgarbage() collectgarbage()",
    message: early,
  },
  segfault: {
    body: "require('ffi').cast('int *', 0)[0] = 1",
    message: /ended by SIGSEGV/,
    luas: ["luajit"],
  },
  abort: { body: "os.execute 'kill -ABRT $PPID' os.execute 'sleep 5'", message: /ended by SIGABRT/ },
  killed: { body: "os.execute 'kill -KILL $PPID' os.execute 'sleep 5'", message: /ended by SIGKILL/ },
  closes: { body: "io.stdout:close() io.stderr:close()", message: null, goesOn: true },
  outlives: { body: "os.execute 'sleep 20 > late.txt 2>&1 &'", message: null, goesOn: true },
  recursion: {
    body: "local function f() return 1 + f() end f()",
    // LuaJIT's handler of errors may find no room itself.
    message: /stack overflow|error in error handling/,
    goesOn: true,
  },
  recursionInC: {
    body: "local s = setmetatable({}, { __index = function(t, k) return t[k] end }) return s.x",
    message: /overflow|loop|error in error handling/,
    goesOn: true,
  },
};

/** A test before, which calls the module, the one that is at fault, and one behind. */
const specOf = ({ body }: Fault) => `local m = require "src.m"
it("before", function() m() end)
it("faulty", function() ${body} end)
it("behind", function() end)
`;

/** Those that never end wait for their limit side by side; the others need the machine for themselves. */
const limits = {
  hanging: ["--timeout", "3", "--jobs", "16"],
  others: ["--timeout", "60", "--max-memory", "400", "--jobs", "2"],
} as const;

for (const lua of luas) {
  testWith(lua, "lua-socket")(
    `whatever a test does in ${lua}, nothing hangs and nothing is lost that came before`,
    async () => {
      const names = Object.keys(faults).filter((name) => isFor(name, lua));
      const isHanging = (name: string) => faultOf(name).message === timedOut;
      await check(lua, names.filter(isHanging), limits.hanging);
      await check(
        lua,
        names.filter((name) => !isHanging(name)),
        limits.others,
      );
    },
  );
}

async function check(lua: DebianLua, names: readonly string[], flags: readonly string[]): Promise<void> {
  const specs = names.map((name) => [`spec/${name}_spec.lua`, specOf(faultOf(name))]);
  const folder = makeFolder({ "src/m.lua": "return function() end", ...Object.fromEntries(specs) });
  const report = path.join(folder, "report.json");
  const reporters = ["--reporter", "none", "--test-reporter", `json=${report}`];
  const { code } = await runCli(folder, ["--lua", lua, ...flags, ...reporters, "spec"], debianPaths(lua));
  const results = resultsIn(report);
  for (const name of names) {
    const { message, goesOn = false } = faultOf(name);
    const [before, faulty, ...behind] = results.get(name) ?? [];
    expect([name, before?.status, behind.length]).toEqual([name, "success", goesOn ? 1 : 0]);
    if (message === null) expect([name, faulty?.status]).toEqual([name, "success"]);
    else expect([name, faulty?.message]).toEqual([name, expect.stringMatching(message)]);
  }
  expect(code).toBe(1);
  expect(coverageIn(folder)["src/m.lua"]?.f).toEqual({ 0: names.length });
}

function faultOf(name: string): Fault {
  const fault = faults[name];
  if (fault === undefined) throw new Error(`no fault is called ${name}`);
  return fault;
}

function isFor(name: string, lua: DebianLua): boolean {
  const { luas: own = luas, tool } = faultOf(name);
  return own.includes(lua) && (tool === undefined || hasTool(tool));
}

function resultsIn(report: string): Map<string, readonly TestResult[]> {
  const { files }: { files: readonly { file: string; results: readonly TestResult[] }[] } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  return new Map(files.map(({ file, results }) => [path.basename(file, "_spec.lua"), results]));
}
