import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect } from "vitest";
import { luas } from "../support/debianLua.js";
import { testWith, toolPath } from "../support/tools.js";
import { agent, expectSame, makeProject } from "./agent.js";

const greeting = `local M = {}
function M.greet(name)
  if name then
    return "hello " .. name
  end
  return "hello"
end
return M
`;

const plugin = {
  "lua/greeting/init.lua": greeting,
  "plugin/greeting.lua": `vim.api.nvim_create_user_command("Greet", function() print(require("greeting").greet "you") end, {})\n`,
  "t.lua": `io.stdout:write(require("greeting").greet(), "\\n")\n`,
};

const start = ["--headless", "--clean", "--cmd", "set rtp+=.", "-c", "runtime plugin/greeting.lua"];
const agentFirst = ["--cmd", `lua if vim.env.LUACOV_TS_FOLDER then dofile [[${agent}]] end`];

/** Ways for Neovim to end, after it has run t.lua once. */
const quits: Readonly<Record<string, readonly string[]>> = {
  ":qa": ["-c", "luafile t.lua", "-c", "qa!"],
  ":cq": ["-c", "source t.lua", "-c", "cq 3"],
  "os.exit": ["-c", "luafile t.lua", "-c", "lua os.exit(4)"],
  "an error before": ["-c", `lua dofile "t.lua" error "failed"`, "-c", "qa!"],
  "a quit in Lua": ["-c", `lua loadfile "t.lua"() vim.cmd "qa!"`],
};

for (const [quit, args] of Object.entries(quits)) {
  testWith("nvim")(`Neovim's runtime path is measured, and it leaves its counters at ${quit}`, () => {
    const project = makeProject(plugin);
    const plain = ["nvim", ...start, "-c", "Greet", ...args];
    const ran = expectSame(project, ["nvim", ...agentFirst, ...plain.slice(1)]);
    expect({ ...ran, stderr: ran.stderr.replaceAll("\r", "") }).toMatchObject({ stdout: "hello\n" });
    expect(project.lines("lua/greeting/init.lua")).toEqual({ 1: 1, 2: 1, 3: 2, 4: 1, 6: 1, 8: 1 });
    expect(project.lines("t.lua")).toEqual({ 1: 1 });
    expect(project.ends()).toEqual(["end"]);
  });
}

testWith("nvim")("Neovim leaves its counters when it is asked to end by a signal", async () => {
  const project = makeProject(plugin);
  const args = [...agentFirst, ...start, "-c", "luafile t.lua"];
  const env = { ...process.env, ...project.environment };
  const child = spawn(toolPath("nvim"), args, {
    cwd: project.folder,
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  await once(child, "close");
  expect(project.lines("t.lua")).toEqual({ 1: 1 });
  expect(project.ends()).toEqual(["end"]);
});

testWith("nvim")(
  "what Neovim keeps as bytecode holds no probes, and is measured when it is loaded again",
  () => {
    const keep = `local chunk = loadfile "lua/greeting/init.lua"
local kept = string.dump(chunk)
io.stdout:write(tostring(kept:find("luacov_ts", 1, true)), " ", load(kept, "@lua/greeting/init.lua")().greet(), "\\n")
`;
    const project = makeProject({ ...plugin, "keep.lua": keep });
    const args = [...start, "-c", "luafile keep.lua", "-c", "qa!"];
    const { stdout } = expectSame(project, ["nvim", ...agentFirst, ...args]);
    expect(stdout).toBe("nil hello\n");
    expect(project.lines("lua/greeting/init.lua")).toEqual({ 1: 1, 2: 1, 3: 1, 4: 0, 6: 1, 8: 1 });
  },
);

testWith("luajit", "Linux")("a process that forks leaves what each of the two did", () => {
  const program = `local ffi = require "ffi"
ffi.cdef "int fork (void); int waitpid(int pid, int *status, int options);"
local greeting = require "greeting"
local child = ffi.C.fork()
greeting.greet(child == 0 and "child" or nil)
if child == 0 then os.exit(0) end
ffi.C.waitpid(child, nil, 0)
`;
  const project = makeProject({ "greeting.lua": greeting, "main.lua": program });
  expectSame(project, ["luajit", "main.lua"]);
  expect(project.lines("greeting.lua")).toMatchObject({ 3: 2, 4: 1, 6: 1 });
  expect(project.ends()).toEqual(["end", "end"]);
});

testWith("luajit")("a chunk of LuaJIT becomes another one, for good", () => {
  const program = `local become = dofile(arg[1])
local kept = {}
for i = 1, 2000 do
  local chunk = assert(loadstring("return " .. i, "@chunk"))
  if become.isPossible(chunk) then become.exchange(chunk, loadstring("local a = ... return a, " .. -i, "@copy")) end
  kept[i] = chunk
end
for _ = 1, 3 do collectgarbage() end
local function known(i) return i end
local wrong = 0
for i = 1, 2000 do
  local given, result = kept[i](i)
  if given ~= i or result ~= -i then wrong = wrong + 1 end
end
print(wrong, become.isPossible(known), become.isPossible(function() return wrong end), become.isPossible(print))
`;
  const become = path.join(path.dirname(agent), "hosts/become.lua");
  const { stdout } = makeProject({ "main.lua": program }).plain(["luajit", "main.lua", become]);
  expect(stdout).toBe("0\ttrue\tfalse\tfalse\n");
});

const spec = `local greeting = require "greeting"
describe("greeting", function()
  it("greets", function() assert.equal("hello", greeting.greet()) end)
  it("fails", function() assert.equal("hello", greeting.greet "you") end)
  it("raises", function() error "raised" end)
  it("loads again", function()
    package.loaded.greeting = nil
    assert.is_function(require("greeting").greet)
  end)
  pending "later"
end)
`;

for (const lua of luas) {
  testWith(lua, "busted")(`a suite under Debian's busted on ${lua} ends test by test as without`, () => {
    const files = { "greeting.lua": greeting, "spec/greeting_spec.lua": spec };
    const project = makeProject(files);
    const { stdout } = expectSame(project, [lua, "/usr/bin/busted", "--output=TAP", "--lpath=./?.lua"]);
    expect(stdout.match(/^(not )?ok/gm)).toEqual(["ok", "not ok", "not ok", "ok", "ok"]);
    expect(project.lines("greeting.lua")).toEqual({ 1: 2, 2: 2, 3: 2, 4: 1, 6: 1, 8: 2 });
    expect(project.lines("spec/greeting_spec.lua")).toMatchObject({ 1: 1, 2: 1, 3: 1, 4: 1 });
  });
}

const withoutProc = `local open = io.open
function io.open(name, ...)
  if name:find("^/proc") then return nil end
  return open(name, ...)
end
dofile(os.getenv "AGENT")
`;

testWith("luajit", "Linux")("a fork is noticed where the system has no files that tell of it", () => {
  const program = `${withoutProc}local ffi = require "ffi"
ffi.cdef "int fork (void); int waitpid(int pid, int *status, int options);"
local greeting = require "greeting"
local child = ffi.C.fork()
greeting.greet(child == 0 and "child" or nil)
if child == 0 then os.exit(0) end
ffi.C.waitpid(child, nil, 0)
`;
  const project = makeProject({ "greeting.lua": greeting, "main.lua": program }, ["greeting.lua"]);
  project.run(["luajit", "main.lua"], { LUA_INIT: "", AGENT: agent });
  expect(project.lines("greeting.lua")).toMatchObject({ 3: 2, 4: 1, 6: 1 });
  expect(project.ends()).toEqual(["end", "end"]);
});

for (const lua of luas) {
  testWith(lua)(
    `${lua} learns its number from a module that is loaded later, and counts nothing twice`,
    () => {
      const program = `${withoutProc}package.loaded.ffi = nil
local greeting = require "greeting"
greeting.greet "you"
package.loaded["posix.unistd"] = { getpid = function() return 42 end }
greeting.greet()
`;
      const project = makeProject({ "greeting.lua": greeting, "main.lua": program }, ["greeting.lua"]);
      project.run([lua, "main.lua"], { LUA_INIT: "", AGENT: agent });
      expect(project.lines("greeting.lua")).toMatchObject({ 3: 2, 4: 1, 6: 1 });
      expect(project.ends()).toEqual(["end", "end"]);
    },
  );
}

for (const lua of luas) {
  testWith(lua)(
    `what a host on ${lua} has loaded before the agent is measured, and LUA_INIT is not its own`,
    () => {
      const host = `local script, exit = loadfile "script.lua", os.exit
local function start() script() exit(3) end
local agent = os.getenv "AGENT"
if agent then (function() dofile(agent) return start end)() end
start()
`;
      const script = `print "script"\n`;
      const project = makeProject({ "host.lua": host, "script.lua": script }, ["script.lua"]);
      const environment = { AGENT: agent, LUA_INIT: "", LUACOV_TS_USER_INIT: `print "initial"` };
      const { stdout, stderr } = project.run([lua, "host.lua"], environment);
      expect([stdout, stderr]).toEqual(["script\n", ""]);
      expect(project.lines("script.lua")).toEqual({ 1: 1 });
    },
  );
}

for (const lua of luas) {
  testWith(lua)(`on ${lua} the agent is the script before a script, too`, () => {
    const script = `local given = { ... }
print(arg[0], arg[1], arg[2], given[1], given[2], #arg)
if arg[1] == "fail" then error "failed" end
return
`;
    const project = makeProject({ "script.lua": script });
    const run = (...args: readonly string[]) =>
      project.run([lua, agent, "script.lua", ...args], { LUA_INIT: "" });
    expect(run("a", "b")).toMatchObject({ code: 0, stdout: "script.lua\ta\tb\ta\tb\t2\n", stderr: "" });
    expect(run("fail")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^\S+: script\.lua:3: failed\n/),
    });
    expect(project.run([lua, agent, "script.lua"])).toMatchObject({ code: 0, stderr: "" });
    expect(project.lines("script.lua")).toEqual({ 1: 3, 2: 3, 3: 1, 4: 2 });
    expect(project.plain([lua, agent, "script.lua", "a"])).toMatchObject({ code: 0, stderr: "" });
  });

  testWith(lua)(`${lua} says by one sentence what a host lacks that the agent needs`, () => {
    const host = `os.rename, debug = nil, nil
local ok, message = pcall(dofile, os.getenv "AGENT")
print(ok, message)
`;
    const { stdout } = makeProject({ "host.lua": host }).plain([lua, "host.lua"], { AGENT: agent });
    expect(stdout).toBe(
      `false\tluacov-ts cannot measure in this host, whose Lua is without os.rename, debug.getinfo, debug.getlocal, \
debug.getmetatable, debug.getupvalue, debug.sethook, debug.setlocal, debug.setmetatable, debug.setupvalue\n`,
    );
  });

  testWith(lua)(
    `a host on ${lua} that has made its globals strict loads the agent, and they stay strict`,
    () => {
      const host = `local meta = { __index = function(_, name) error("no global " .. name, 2) end }
setmetatable(_G, meta)
dofile(os.getenv "AGENT")
print(require("greeting").greet(), getmetatable(_G) == meta, rawget(_G, "arg")[0], getmetatable(arg))
`;
      const project = makeProject({ "greeting.lua": greeting, "host.lua": host });
      const ran = project.run([lua, "host.lua"], { AGENT: agent, LUA_INIT: "" });
      expect(ran).toMatchObject({ stdout: "hello\ttrue\thost.lua\tnil\n", stderr: "" });
      expect(project.lines("greeting.lua")).toMatchObject({ 6: 1 });
    },
  );
}

for (const lua of luas) {
  testWith(lua)(`what a searcher in C of a host on ${lua} loads is measured`, () => {
    const host = `local loadfile, yield = loadfile, coroutine.yield
local searcher = coroutine.wrap(function(name)
  while true do name = yield(loadfile("game/" .. name .. ".lua") or "\\n\\tno file of the game") end
end)
table.insert(package.searchers or package.loaders, 2, searcher)
dofile(os.getenv "AGENT")
print(require("greeting").greet(), (pcall(require, "nothing")), require "socket" ~= nil)
`;
    const project = makeProject({
      "game/greeting.lua": greeting,
      "host.lua": host,
      "socket.lua": "return 1",
    });
    const ran = project.run([lua, "host.lua"], { AGENT: agent, LUA_INIT: "", LUA_PATH: "./?.lua" });
    expect(ran).toMatchObject({ stdout: "hello\tfalse\ttrue\n", stderr: "" });
    expect(project.lines("game/greeting.lua")).toMatchObject({ 3: 1, 4: 0, 6: 1 });
  });
}
