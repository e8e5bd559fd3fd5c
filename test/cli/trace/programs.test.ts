import { expect } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

/** What is traced, and the trace; a line that some Luas alone have begins with these, or with "!" and those that do not. */
interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly trace: string;
  readonly flags?: readonly string[];
}

/**
 * Where Luas differ:
 * - LuaJIT tells a line again when a function of Lua returns to it, as well as when one of C has called one of Lua. A function of C in
 *   the place of its caller is a tail call there alone: others call it like any other, and the caller returns then;
 * - only 5.4 tells of the end of a loop that has no other place for it;
 * - `load` takes no text in 5.1;
 * - 5.1 tells nothing of what a function is given beyond its parameters, as those of ours that are in the place of C's; in its embedded
 *   one, those for `load` and the like are in C;
 * - what functions give back is told by 5.4 and, of functions of Lua, fengari.
 */
const luas = [
  ["fengari", "5.3"],
  ["5.1", "5.1 stand-ins"],
  ["5.4", "5.4"],
  ["lua5.1", "5.1 lua5.1"],
  ["lua5.4", "5.4"],
  ["luajit", "JIT"],
] as const;

const cases: readonly Case[] = [
  {
    name: "calls, methods, recursion, tail calls and modules",
    files: {
      "main.lua": `local Stack = require "stack"
local stack = Stack.new()
stack:push(1)
local function last(n)
  if n > 0 then return last(n - 1) end
end
last(1)
local function sum(n)
  return n == 0 and 0 or n + sum(n - 1)
end
sum(1)
`,
      "stack.lua": `local Stack = {}
function Stack.new() return setmetatable({}, { __index = Stack }) end
function Stack:push(x) self[1] = x end
return Stack
`,
    },
    trace: `
main.lua:1              local Stack = require "stack"
[C]                     -> require("stack")
stack.lua                 -> (main chunk)
stack.lua:1                 local Stack = {}
stack.lua:2                 function Stack.new() return setmetatable({}, { __index = Stack }) end
stack.lua:3                 function Stack:push(x) self[1] = x end
stack.lua:4                 return Stack
stack.lua:4               <- (main chunk) = {…}
[C]                     <- require = {…}, "./stack.lua"
main.lua:2              local stack = Stack.new()
stack.lua:2             -> Stack.new()
stack.lua:2               function Stack.new() return setmetatable({}, { __index = Stack }) end
!JIT|[C]                       -> setmetatable({}, {…})
!JIT|stack.lua:2             <- Stack.new = {}
JIT|[C]                     => setmetatable({}, {…})
main.lua:3              stack:push(1)
stack.lua:3             -> Stack:push({}, 1)
stack.lua:3               function Stack:push(x) self[1] = x end
stack.lua:3             <- Stack:push
main.lua:6              end
main.lua:7              last(1)
main.lua:4              -> last(1)
main.lua:5                if n > 0 then return last(n - 1) end
main.lua:4              => last(0)
main.lua:5                if n > 0 then return last(n - 1) end
main.lua:6                end
main.lua:6              <- last
main.lua:10             end
main.lua:11             sum(1)
main.lua:8              -> sum(1)
main.lua:9                return n == 0 and 0 or n + sum(n - 1)
main.lua:8                -> sum(0)
main.lua:9                  return n == 0 and 0 or n + sum(n - 1)
main.lua:9                <- sum = 0
JIT|main.lua:9                return n == 0 and 0 or n + sum(n - 1)
main.lua:9              <- sum = 1
JIT|main.lua:11             sum(1)
`,
  },
  {
    name: "coroutines that take turns",
    files: {
      "main.lua": `local function turns(a)
  local b = coroutine.yield(a)
  return b
end
local first = coroutine.create(turns)
local second = coroutine.wrap(turns)
coroutine.resume(first, 1)
second(2)
coroutine.resume(first)
`,
    },
    trace: `
main.lua:4              end
main.lua:5              local first = coroutine.create(turns)
!5.1|[C]                     -> coroutine.create(function turns)
5.1|[C]                     -> coroutine.create(...)
main.lua:6              local second = coroutine.wrap(turns)
!5.1|[C]                     -> coroutine.wrap(function turns)
5.1|[C]                     -> coroutine.wrap(...)
main.lua:7              coroutine.resume(first, 1)
[C]                     -> coroutine.resume(thread, 1)
                        -- coroutine 2
main.lua:1              -> turns(1)
main.lua:2                local b = coroutine.yield(a)
[C]                       -> coroutine.yield(1)
                        -- coroutine 1
[C]                     <- coroutine.resume = true, 1
main.lua:8              second(2)
[C]                     -> (in C)(2)
                        -- coroutine 3
main.lua:1              -> turns(2)
main.lua:2                local b = coroutine.yield(a)
[C]                       -> coroutine.yield(2)
                        -- coroutine 1
[C]                     <- (in C) = 2
main.lua:9              coroutine.resume(first)
[C]                     -> coroutine.resume(thread)
                        -- coroutine 2
[C]                       <- coroutine.yield
main.lua:3                return b
main.lua:3              <- turns = nil
                        -- coroutine 1
[C]                     <- coroutine.resume = true, nil
`,
  },
  {
    name: "errors that somebody further up catches",
    files: {
      "main.lua": `local function deep(n)
  if n == 0 then error "bad" end
  deep(n - 1)
end
local ok = pcall(deep, 1)
ok = pcall(error, "x")
xpcall(function()
  local x = ok + 1
end, function(message)
  return message
end)
`,
    },
    trace: `
main.lua:4              end
main.lua:5              local ok = pcall(deep, 1)
[C]                     -> pcall(function deep, 1)
main.lua:1                -> deep(1)
main.lua:2                  if n == 0 then error "bad" end
main.lua:3                  deep(n - 1)
main.lua:1                  -> deep(0)
main.lua:2                    if n == 0 then error "bad" end
[C]                           -> error("bad")
main.lua:2                  <- deep (error)
main.lua:3                <- deep (error)
[C]                     <- pcall = false, "main.lua:2: bad"
main.lua:6              ok = pcall(error, "x")
[C]                     -> pcall(function error, "x")
[C]                       -> error("x")
[C]                     <- pcall = false, "x"
JIT|main.lua:6              ok = pcall(error, "x")
main.lua:7              xpcall(function()
main.lua:9              end, function(message)
main.lua:11             end)
main.lua:7              xpcall(function()
[C]                     -> xpcall(function, function)
main.lua:7                -> (anonymous)()
main.lua:8                  local x = ok + 1
main.lua:9                  -> (anonymous)("main.lua:8: attempt to perform arithmeti"…)
main.lua:10                   return message
main.lua:10                 <- (anonymous) = "main.lua:8: attempt to perform arithmeti"…
main.lua:8                <- (anonymous) (error)
[C]                     <- xpcall = false, "main.lua:8: attempt to perform arithmeti"…
main.lua:11             end)
`,
  },
  {
    name: "what C and operators call, and text that is no file",
    files: {
      "main.lua": `table.sort({ 2, 1 }, function(a, b) return a < b end)
local t = setmetatable({}, { __index = function(_, key) return key end })
local x = t.name
local function each(n, i)
  if i < n then return i + 1 end
end
for i in each, 1, 0 do
  x = i
end
local load = loadstring or load
local named = load("local function f() end\\nf() return 1", "=made")
named()
local text = load "local a = 1\\nreturn a"
text()
`,
    },
    trace: `
main.lua:1              table.sort({ 2, 1 }, function(a, b) return a < b end)
[C]                     -> table.sort({2, 1}, function)
main.lua:1                -> (anonymous)(1, 2)
main.lua:1                  table.sort({ 2, 1 }, function(a, b) return a < b end)
main.lua:1                <- (anonymous) = true
[C]                     <- table.sort
main.lua:2              local t = setmetatable({}, { __index = function(_, key) return key end })
[C]                     -> setmetatable({}, {…})
main.lua:3              local x = t.name
main.lua:2              -> __index({}, "name")
main.lua:2                local t = setmetatable({}, { __index = function(_, key) return key end })
main.lua:2              <- __index = "name"
main.lua:6              end
main.lua:7              for i in each, 1, 0 do
main.lua:4              -> each(1, 0)
main.lua:5                if i < n then return i + 1 end
main.lua:5              <- each = 1
JIT|main.lua:7              for i in each, 1, 0 do
main.lua:8              x = i
main.lua:7              for i in each, 1, 0 do
main.lua:4              -> each(1, 1)
main.lua:5                if i < n then return i + 1 end
main.lua:6                end
main.lua:6              <- each
5.4|main.lua:9              end
JIT|main.lua:7              for i in each, 1, 0 do
main.lua:10             local load = loadstring or load
main.lua:11             local named = load("local function f() end\\nf() return 1", "=made")
5.3 5.4|[C]                     -> load("local function f() end\\nf() return 1", "=made")
stand-ins JIT|[C]                     -> loadstring("local function f() end\\nf() return 1", "=made")
lua5.1|[C]                     -> loadstring(...)
main.lua:12             named()
made                    -> (main chunk)
made:1
made:2
made:1                    -> (anonymous)()
made:1
made:1                    <- (anonymous)
JIT|made:2
made:2                  <- (main chunk) = 1
main.lua:13             local text = load "local a = 1\\nreturn a"
5.3 5.4|[C]                     -> load("local a = 1\\nreturn a")
stand-ins JIT|[C]                     -> loadstring("local a = 1\\nreturn a")
lua5.1|[C]                     -> loadstring(...)
main.lua:14             text()
[string "local a = 1..."]  -> (main chunk)
[string "local a = 1..."]:1    local a = 1
[string "local a = 1..."]:2    return a
[string "local a = 1..."]:2  <- (main chunk) = 1
JIT|main.lua:14             text()
`,
  },
  {
    name: "values, of which none is asked anything",
    flags: ["--events", "calls", "--function", "take"],
    files: {
      "main.lua": `local function take(a, b, c) end
local asked = setmetatable({ 1 }, { __tostring = error, __index = error, __len = error, __pairs = error, __name = "asked" })
debug.setmetatable(0, { __tostring = error })
take(1.5, -3, true)
take('a\\n"\\\\\\0' .. "1", ("é"):rep(30))
take(asked, { 1, { 2 }, {}, 4 }, { x = 1 })
take(print, take, io.stdout)
take(coroutine.create(take), nil, function() end, 4)
local function take(a, ...)
  local b
  if a > 0 then return take(a - 1, b) end
end
take(1, { take, ("x"):rep(40), ("x"):rep(41) }, 3, 4, 5, 6, 7, 8, 9, 10, 11)
`,
    },
    trace: `
main.lua:1              -> take(1.5, -3, true)
main.lua:1              <- take
main.lua:1              -> take("a\\n\\"\\\\\\0001", "ééééééééééééééééééé"…, nil)
main.lua:1              <- take
main.lua:1              -> take({1}, {1, {…}, {}, …}, {…})
main.lua:1              <- take
main.lua:1              -> take(function print, function take, userdata)
main.lua:1              <- take
main.lua:1              -> take(thread, nil, function)
main.lua:1              <- take
5.1|main.lua:9              -> take(1, ...)
5.1|main.lua:9              => take(0, ...)
!5.1|main.lua:9              -> take(1, {function take, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"…}, 3, 4, 5, 6, 7, 8, 9, 10, …)
!5.1|main.lua:9              => take(0, nil)
main.lua:12             <- take
`,
  },
];

/** The ends of calls of which nobody tells what they gave back, by kind of Lua. */
const noResults: readonly (readonly [kind: string, end: RegExp])[] = [
  ["5.1", /( {2}<- [^=]*) = .*/],
  ["5.3", /(^\[C\] +<- [^=]*) = .*/],
  ["JIT", /( {2}<- [^=]*) = .*/],
];

function traceIn(kind: string, trace: string): string {
  const lines = trace.slice(1).split("\n");
  const end = noResults.find(([each]) => kind.startsWith(each))?.[1];
  return lines
    .flatMap((line) => {
      const [, kinds, rest] = /^([^|]*)\|(.*)$/.exec(line) ?? [line, null, line];
      if (kinds == null) return [line];
      const own = kind.split(" ");
      const isThere = kinds.startsWith("!")
        ? !own.includes(kinds.slice(1))
        : kinds.split(" ").some((each) => own.includes(each));
      return isThere ? [rest] : [];
    })
    .map((line) => (end === undefined ? line : line.replace(end, "$1")))
    .join("\n");
}

const isNative = (lua: string): lua is "lua5.1" | "lua5.4" | "luajit" => lua.startsWith("lua");

for (const [lua, kind] of luas) {
  const testIn = isNative(lua) ? testWith(lua) : testWith();
  for (const { name, files, trace, flags = [] } of cases) {
    testIn(`${lua}: ${name}`, async () => {
      const ended = await runCli(makeFolder(files), ["trace", "--lua", lua, ...flags, "main.lua"]);
      expect(ended).toEqual({ code: 0, stdout: "", stderr: traceIn(kind, trace) });
    });
  }
}
