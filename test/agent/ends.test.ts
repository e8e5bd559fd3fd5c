import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { hasTool, testWith, toolPath } from "../support/tools.js";
import { agent, allLuas, expectSame, makeProject, type Project } from "./agent.js";

const mod = `local M = {}
function M.hit()
  M.hits = (M.hits or 0) + 1
end
return M
`;

const hits = (count: number) => ({ 1: 1, 2: 1, 3: count, 5: 1 });

/** Programs that end in every way that Lua lives to see, each after two calls. */
const ends: Readonly<Record<string, string>> = {
  "a return": "return 1",
  "an error": `error "failed"`,
  "an error in a coroutine": `coroutine.wrap(function() error "failed" end)()`,
  "os.exit": "os.exit()",
  "os.exit with a code": "os.exit(3)",
  "os.exit that closes the state": `local t = setmetatable({}, { __gc = function() print "closed" end }) os.exit(0, true)`,
  "os.exit in a coroutine": "coroutine.wrap(function() os.exit(4) end)()",
  "os.exit in a function of the program": "local function quit(code) os.exit(code) end quit(5)",
  "a standard output that is closed": "io.stdout:close()",
  "a string without an index, afterwards": `getmetatable("").__index = nil`,
  "no functions left":
    "for name in pairs(_G) do if name ~= '_G' and name ~= 'pairs' then _G[name] = nil end end",
  "no libraries left":
    "local os, io, string, table = os, io, string, table for _, l in ipairs { os, io, string, table } do for name in pairs(l) do l[name] = nil end end",
  "no collector": `collectgarbage "stop"`,
  "much garbage": "local t for i = 1, 200000 do t = { i } end",
};

/** What a program may have done to its Lua before it loads a module. */
const befores: Readonly<Record<string, string>> = {
  "its libraries raise errors": `local function fail() error("called", 2) end
for _, name in ipairs { "io", "os", "string", "table", "debug", "math", "coroutine" } do
  local library = _G[name]
  for key, value in pairs(library) do
    if type(value) == "function" and key ~= "luacov_ts" then library[key] = fail end
  end
end`,
  "its clock goes backwards": `local now = 0
os.time = function() now = now - 1000 return now end
os.clock = os.time`,
  "its functions give nonsense": `os.getenv = function() return {} end
io.open = function() return true end
type = function() return {} end
pcall = function() return "pcall" end
next = function() end`,
  "its globals are strict": `local function fail(_, name) error("global " .. tostring(name), 2) end
setmetatable(_G, { __index = fail, __newindex = fail, __metatable = false })`,
  "its searchers are wrapped": `local searchers = package.searchers or package.loaders
for index, searcher in ipairs(searchers) do searchers[index] = function(...) return searcher(...) end end`,
  "its hook is its own": `debug.sethook(function() end, "crl", 1)`,
};

for (const lua of allLuas) {
  for (const [before, text] of Object.entries(befores)) {
    testWith(lua)(`${lua} measures what a program loads after ${before}`, () => {
      const program = `${text}\nlocal mod = require "mod" mod.hit() mod.hit() print(mod.hits)\n`;
      const project = makeProject({ "mod.lua": mod, "main.lua": program }, ["mod.lua"]);
      expect(expectSame(project, [lua, "main.lua"]).stdout).toBe("2\n");
      expect(project.lines("mod.lua")).toEqual(hits(2));
      expect(project.ends()).toEqual(["end"]);
    });
  }

  testWith(lua)(`${lua} goes on as ever when the folder of its counters is removed`, () => {
    const program = `local mod = require "mod" mod.hit()
local folder = os.getenv "LUACOV_TS_FOLDER"
if folder then os.execute("rm -rf '" .. folder .. "'") end
mod.hit() print(mod.hits, dofile "other.lua") os.exit(3)
`;
    const project = makeProject({ "mod.lua": mod, "other.lua": "return 1", "main.lua": program });
    const { LUACOV_TS_FOLDER: run = "" } = project.environment;
    expect(expectSame(project, [lua, "main.lua"])).toMatchObject({ code: 3, stdout: "2\t1\n" });
    expect(existsSync(run)).toBe(false);
  });

  for (const [end, text] of Object.entries(ends)) {
    testWith(lua)(`${lua} leaves its counters at ${end}`, () => {
      const program = `local mod = require "mod" mod.hit() mod.hit()\n${text}\n`;
      const project = makeProject({ "mod.lua": mod, "main.lua": program });
      expectSame(project, [lua, "main.lua"]);
      expect(project.lines("mod.lua")).toEqual(hits(2));
      expect(project.ends()).toEqual(["end"]);
    });
  }

  testWith(lua)(`${lua} leaves nothing where nothing of the project was loaded`, () => {
    const project = makeProject({ "mod.lua": mod, "other.lua": "print(1)" }, ["mod.lua"]);
    expectSame(project, [lua, "other.lua"]);
    expect(project.ends()).toEqual([]);
  });

  testWith(lua)(`${lua} counts what finalizers run when the state is closed`, () => {
    const program = `local mod = require "mod" mod.hit()
local function finalize() mod.hit() end
if newproxy then u = newproxy(true) getmetatable(u).__gc = finalize
else t = setmetatable({}, { __gc = finalize }) end
`;
    const project = makeProject({ "mod.lua": mod, "main.lua": program });
    expectSame(project, [lua, "main.lua"]);
    expect(project.lines("mod.lua")).toEqual(hits(2));
  });

  testWith(lua)(`${lua} says by a file that it began, also when it is killed at once`, async () => {
    const program = `require "mod".hit() print "ready" io.stdout:flush() while true do end`;
    const project = makeProject({ "mod.lua": mod, "main.lua": program });
    await killed(project, [lua, "main.lua"], "SIGKILL");
    expect(project.ends()).toEqual(["open"]);
  });

  testWith(lua)(`processes of ${lua} at the same time leave files of their own`, async () => {
    const project = makeProject({ "mod.lua": mod, "main.lua": `require "mod".hit()` });
    const env = { ...process.env, ...project.environment };
    const started = Array.from({ length: 8 }, () =>
      spawn(toolPath(lua), ["main.lua"], { cwd: project.folder, env }),
    );
    await Promise.all(started.map((child) => once(child, "close")));
    expect(project.lines("mod.lua")).toEqual({ 1: 8, 2: 8, 3: 8, 5: 8 });
    expect(project.ends()).toEqual(Array(8).fill("end"));
  });

  testWith(lua)(`${lua} measures the programs that a program starts`, () => {
    const program = `require "mod".hit()
if not arg[1] then
  os.execute("${lua} main.lua child")
  local hasPipes, pipe = pcall(io.popen, "exec ${lua} main.lua child 2>&1")
  if not hasPipes then return os.execute("${lua} main.lua child") end
  print(pipe:read "*a")
  pipe:close()
end
`;
    const project = makeProject({ "mod.lua": mod, "main.lua": program });
    expectSame(project, [lua, "main.lua"]);
    expect(project.lines("mod.lua")).toEqual({ 1: 3, 2: 3, 3: 3, 5: 3 });
    expect(project.ends()).toEqual(["end", "end", "end"]);
  });

  testWith(lua)(`${lua} runs a file with another text as it is, and tells of it`, () => {
    const project = makeProject(
      { "mod.lua": mod, "main.lua": `print(require "mod".name) print(dofile "written.lua")` },
      ["mod.lua"],
    );
    writeFileSync(path.join(project.folder, "mod.lua"), `return { name = "changed" }`);
    writeFileSync(path.join(project.folder, "written.lua"), "return 1");
    const { stdout } = expectSame(project, [lua, "main.lua"]);
    expect(stdout).toBe("changed\n1\n");
    expect(project.doubts()).toEqual([`other ${path.join(project.folder, "mod.lua")}`]);
  });

  testWith(lua)(`${lua} runs a file as it is where its copy could not reach its counters`, () => {
    const program = `getmetatable("").__index = function(_, key) return key end
print(("x").luacov_ts, require "mod".hit())
getmetatable("").__index = string
print(dofile "mod.lua".hit())
`;
    const project = makeProject({ "mod.lua": mod, "main.lua": program }, ["mod.lua"]);
    expectSame(project, [lua, "main.lua"]);
    expect(project.doubts().map((line) => line.split(" ")[0])).toEqual(["unprobed"]);
    expect(project.lines("mod.lua")).toEqual(hits(1));
  });

  testWith(lua)(`${lua} runs a source of which a copy is missing, or all of them`, () => {
    const project = makeProject({ "mod.lua": mod, "main.lua": `require "mod".hit() print "done"` });
    const gone = { LUACOV_TS_FOLDER: path.join(project.folder, "nowhere") };
    const { stdout, stderr } = project.run([lua, "main.lua"], gone);
    expect({ stdout, stderr }).toEqual({ stdout: "done\n", stderr: "" });
    expect(existsSync(gone.LUACOV_TS_FOLDER)).toBe(false);
  });

  testWith(lua)(`${lua} without a folder of ours is as ever`, () => {
    const project = makeProject({ "mod.lua": mod, "main.lua": `print(("").luacov_ts, require "mod".hit())` });
    const { stdout, stderr } = project.run([lua, "main.lua"], { LUACOV_TS_FOLDER: "" });
    expect({ stdout, stderr }).toEqual({ stdout: "nil\n", stderr: "" });
    expect(readdirSync(project.folder).sort()).toEqual([".run", "main.lua", "mod.lua"]);
  });
}

/** Calls a function, lets seconds pass, most of them without work, says that it is ready, and goes on until it is killed. */
const waiting = (seconds: number) => `local mod = require "mod"
mod.hit()
local began = os.time()
local t
while os.time() < began + ${seconds} do
  pcall(os.execute, "sleep 1")
  for i = 1, 100000 do t = { i } end
end
print "ready"
io.stdout:flush()
while true do t = {} end
`;

/** All side by side, as each takes its time. */
test("a program that is killed has left what it did a few seconds before, in every Lua", async () => {
  const leaves = async (lua: (typeof allLuas)[number]) => {
    const project = makeProject({ "mod.lua": mod, "main.lua": waiting(5) });
    const signals = ["SIGKILL", "SIGTERM"] as const;
    await Promise.all(signals.map((signal) => killed(project, [lua, "main.lua"], signal)));
    return { lua, lines: project.lines("mod.lua"), ends: project.ends() };
  };
  const luas = allLuas.filter((lua) => hasTool(lua));
  const left = { lines: { 1: 2, 2: 2, 3: 2, 5: 2 }, ends: ["open", "open"] };
  expect(await Promise.all(luas.map(leaves))).toEqual(luas.map((lua) => ({ lua, ...left })));
});

test("a program that waits has left what it did, though to write took long once, in every Lua", async () => {
  // A clock of the processor by which the first file takes a tenth of a second, and nothing else takes any.
  const clock = `local n = 0 os.clock = function() n = n + 1 return n > 2 and 0.1 or 0 end assert(loadfile("${agent}"))() -- agent/agent.lua`;
  const leaves = async (lua: (typeof allLuas)[number]) => {
    const project = makeProject({ "mod.lua": mod, "main.lua": waiting(6) });
    await killed(project, [lua, "main.lua"], "SIGKILL", { LUA_INIT: clock });
    return { lua, lines: project.lines("mod.lua"), ends: project.ends() };
  };
  const luas = allLuas.filter((lua) => hasTool(lua));
  const left = { lines: { 1: 1, 2: 1, 3: 1, 5: 1 }, ends: ["open"] };
  expect(await Promise.all(luas.map(leaves))).toEqual(luas.map((lua) => ({ lua, ...left })));
});

/** Starts a program, waits for its word, and ends it. */
async function killed(
  project: Project,
  [program = "", ...args]: readonly string[],
  signal: NodeJS.Signals,
  more: Readonly<Record<string, string>> = {},
) {
  const env = { ...process.env, ...project.environment, ...more };
  const child = spawn("sh", ["-c", 'exec "$0" "$@"', program, ...args], {
    cwd: project.folder,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill(signal);
  const [, by]: unknown[] = await once(child, "close");
  expect(by).toBe(signal);
}
