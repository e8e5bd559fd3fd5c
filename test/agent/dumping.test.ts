import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { allLuas, expectSame, makeProject } from "./agent.js";

/** Functions as people hand them to serializers, each with what it is called with. */
const functions = `local M, outer, list = {}, 7, {}
function M.pure(a, b)
  if a and b then
    return a + b
  end
  return 0
end
M.global = function(name)
  if not name then return "nothing" end
  return tostring(name)
end
local function named(n, ...)
  for index = 1, n do
    if index > 2 then return select("#", ...) end
  end
end
M.named = named
function list.of() return 1 end
function list:method(value) return type(self), value end
M.of, M.method = list.of, list.method
function list: spaced () return type(self) end
M.spaced = list.spaced
M.text = function(a) local t = "end function" --[[ end ]] -- end
  return a and t or [[ end
end ]] end
M.nested = function(a)
  local function inner(b) return a and b end
  return inner(2), function() return a end
end
M.upvalue = function(a) return outer == nil and a or outer end
M.order = function(a) return a and list and outer and tostring(a) end
M.one, M.two = function(a) return a and 1 end, function() return 2 end
M.first, M.last = function() return 1 end, print "loading", function(a)
  return a
end
M.before = function() end print "between" M.behind = function(a)
  return a and 1
end
M.either = function() end and print "once" or function(a)
  return a or 1
end
M.twins = { function() return 1 end, function() return 2 end }
return M
`;

const program = `local functions = require "functions"
local load, dump = loadstring or load, string.dump
local names = {}
for name in pairs(functions) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  local fn = functions[name]
  if type(fn) == "function" then
    local code = dump(fn)
    local copy = assert(load(code, "copy"))
    print(name, #code, pcall(copy, 3, 4, 5))
    local info = debug.getinfo(copy, "S")
    print(info.source, info.linedefined, info.lastlinedefined)
  end
end
for _, name in ipairs { "pure", "global", "text" } do print((dump(functions[name]):gsub("%W", function(c) return "%" .. c:byte() end))) end
if _VERSION ~= "Lua 5.1" or jit then
  for _, name in ipairs { "pure", "global" } do print(#dump(functions[name], true) < #dump(functions[name])) end
end
for _, each in ipairs(functions.twins) do print(pcall(load(dump(each)))) end
print(pcall(dump, print))
`;

for (const lua of allLuas) {
  testWith(lua)(
    `in ${lua} a function is dumped as it is without probes, and counts when it is loaded again`,
    () => {
      const project = makeProject({ "functions.lua": functions, "main.lua": program });
      const { stdout } = expectSame(project, [lua, "main.lua"]);
      expect(stdout).toContain("pure\t");
      expect(stdout.match(/loading|between|once/g)).toHaveLength(3);
      expect(stdout).not.toContain("luacov_ts");
      expect(project.lines("functions.lua")).toMatchObject({
        1: 1,
        2: 1,
        3: 1,
        4: 1,
        6: 0,
        10: 1,
        13: 1,
        14: 1,
      });
    },
  );
}

/** Programs that hand functions of a source around as bytecode, and how often lines of it count then. */
const cases: Readonly<
  Record<string, readonly [source: string, program: string, lines: Readonly<Record<number, number>>]>
> = {
  "two in one line": [
    `return {
function(a) return a and 1 end, function(a) return a and 2 end, function(a) for i = 1, 3 do a = a + i end return a end }`,
    `for _, each in ipairs(M) do print(pcall(load(dump(each)), 5)) end`,
    { 1: 1 },
  ],
  "a stripped one, and what became of it": [
    `return function(a)
  for i = 1, 3 do
    a = a + i
  end
  return a
end`,
    `local copy = load(dump(M, true))
print(copy(1), load(dump(copy))(2), dump(copy) == dump(load(dump(copy))), dump(copy) == dump(M, true))`,
    { 1: 1, 3: 6, 5: 2 },
  ],
  "upvalues by their numbers": [
    `local one, two, three = 1, 2, {}
return function(a)
  for i = 1, 2 do three[i] = a and two end
  return one, two, three[2], tostring(a)
end`,
    `local copy = load(dump(M))
local index, name, value = 1, debug.getupvalue(M, 1)
while index <= 4 and name do
  if name == "A" or name == "B" or name:find "^C%d" then break end
  print(index, name, type(value), select("#", debug.setupvalue(copy, index, value)))
  index = index + 1
  name, value = debug.getupvalue(M, index)
end
print(copy(7))
print(debug.setupvalue(M, 1, { 9 }), select("#", debug.getupvalue(M, 99)), select("#", debug.setupvalue(M, 99, 1)))
print(pcall(debug.getupvalue, M), pcall(debug.setupvalue, M, 1), pcall(debug.getupvalue, 5, 1), debug.getupvalue(print, 1))
if debug.upvaluejoin then
  local function mine() return index end
  print(pcall(debug.upvaluejoin, M, 99, mine, 1))
  debug.upvaluejoin(copy, 2, mine, 1)
  print(copy(8))
  print(debug.upvalueid(copy, 2) == debug.upvalueid(mine, 1), debug.upvalueid(M, 2) ~= debug.upvalueid(M, 1))
end`,
    { 1: 1, 2: 1 },
  ],
  "upvalues that nobody sets": [
    `local outer = 7
return { function() return outer == nil, type(outer) end, function(a) return tostring(a), outer end, function() return print == nil end }`,
    `for _, each in ipairs(M) do print(pcall(load(dump(each)), 5)) end
if not setfenv then print(pcall(load(dump(M[2]), "name", "b", { tostring = function() return "mine" end }))) end
if not setfenv or jit then print(select("#", load(dump(M[2]), "name", "t"))) end`,
    {},
  ],
  "functions within it": [
    `return function(a)
  local function inner(b)
    for i = 1, 2 do b = b and i end
    return function() return a and b end
  end
  return inner(a)()
end`,
    `print(load(dump(M))(3), load(dump(M))(4))`,
    { 1: 1, 2: 2, 3: 4, 4: 2, 6: 2 },
  ],
  "a method": [
    `local M = { n = 1 }
function M.of(...) return select("#", ...) end
function M:add(n)
  for _ = 1, n do self.n = self.n + 1 end
  return self.n
end
return M`,
    `print(load(dump(M.add))(M, 4), M.n, load(dump(M.of))(1, nil))`,
    { 2: 1, 4: 4, 5: 1 },
  ],
  "a program that has changed its libraries": [
    `local one = 1
return function(a)
  for i = 1, 3 do a = a and a + i end
  return a, one == nil
end`,
    `local print = print
for _, name in ipairs { "byte", "find", "gmatch", "gsub", "match", "rep", "sub" } do string[name] = nil end
table.concat, table.insert, debug.getinfo, debug.getupvalue, ipairs, pcall, assert = nil
print(load(dump(M))(2))`,
    { 1: 1, 3: 3, 4: 1 },
  ],
  "pieces, and a chunk": [
    `return function(a)
  if a then
    a = a + 1
  end
  return a
end`,
    `local code, at = dump(M), 0
print(_G.load(function() at = at + 1 return at <= #code and code:sub(at, at) or nil end)(3))
local chunk = assert(loadfile "functions.lua")
print(load(dump(chunk))()(6), load(dump(chunk, true))()(7), dump(load(dump(chunk))) == dump(chunk))`,
    { 1: 3, 2: 3, 3: 3, 5: 3 },
  ],
};

for (const lua of allLuas) {
  for (const [what, [source, program, lines]] of Object.entries(cases)) {
    testWith(lua)(`in ${lua}: ${what}`, () => {
      const main = `local load, dump, M = loadstring or load, string.dump, require "functions"\n${program}\n`;
      const project = makeProject({ "functions.lua": source, "main.lua": main }, ["functions.lua"]);
      expect(expectSame(project, [lua, "main.lua"]).stderr).toBe("");
      expect(project.lines("functions.lua")).toMatchObject(lines);
    });
  }
}

for (const lua of ["lua5.4", "lua5.5"] as const) {
  testWith(lua)(`in ${lua} constants have no upvalues in what is dumped`, () => {
    const source = `local one <const>, two <const> = 1, {}
local four <const> = 4 -- and no more
return { function(a) return a and four, two, one end, function(a) return a and four end }`;
    const main = `for _, each in ipairs(require "functions") do print(#string.dump(each), pcall(load(string.dump(each)), 1)) end
print(load(string.dump(require "functions"[2]))(true))`;
    const project = makeProject({ "functions.lua": source, "main.lua": main }, ["functions.lua"]);
    expect(project.run([lua, "main.lua"]).stdout).toMatch(/\n4\n$/);
  });
}

for (const lua of luas) {
  testWith(lua)(`in ${lua} bytecode in files counts here, and runs in a process without probes`, () => {
    const source = `local one = 1
return function(a)
  for i = 1, 3 do
    a = a and a + i
  end
  return a, one == nil
end`;
    const main = `local file = io.open("code.luac", "wb") file:write(string.dump(require "functions")) file:close()
print(loadfile "code.luac"(2)) print(pcall(dofile, "code.luac"))`;
    const project = makeProject({ "functions.lua": source, "main.lua": main }, ["functions.lua"]);
    expectSame(project, [lua, "main.lua"]);
    expect(project.lines("functions.lua")).toMatchObject({ 1: 1, 2: 1, 4: 6, 6: 2 });
    expect(project.plain([lua, "-e", `print(loadfile "code.luac"(1))`]).stdout).toMatch(
      /^7\t(true|false)\n$/,
    );
  });
}

for (const lua of ["5.1", "5.2", "5.3", "5.4", "5.5"]) {
  for (const what of [
    "a stripped one, and what became of it",
    "upvalues by their numbers",
    "pieces, and a chunk",
  ]) {
    const [source, program, lines] = cases[what] ?? ["", "", {}];
    test(`in the embedded ${lua}: ${what}`, async () => {
      const main = `local load, dump, M = loadstring or load, string.dump, require "functions"\n${program}\n`;
      const folder = makeFolder({ "functions.lua": source, "main.lua": main });
      const reporter = ["--reporter", "lcovonly", "--report-dir", "."];
      const ran = await runCli(folder, [
        "run",
        "--lua",
        lua,
        "--include",
        "functions.lua",
        ...reporter,
        "main.lua",
      ]);
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      const counted = readFileSync(path.join(folder, "lcov.info"), "utf8").matchAll(/^DA:(\d+),(\d+)/gm);
      expect(
        Object.fromEntries(Array.from(counted, ([, line, count]) => [line, Number(count)])),
      ).toMatchObject(lines);
    });
  }
}
