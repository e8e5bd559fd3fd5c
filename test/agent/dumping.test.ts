import { expect } from "vitest";
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
  testWith(lua)(`in ${lua} a function is dumped as it is without probes`, () => {
    const project = makeProject({ "functions.lua": functions, "main.lua": program });
    const { stdout } = expectSame(project, [lua, "main.lua"]);
    expect(stdout).toContain("pure\t");
    expect(stdout.match(/loading|between|once/g)).toHaveLength(3);
    expect(stdout).not.toContain("luacov_ts");
    expect(project.lines("functions.lua")).toMatchObject({ 1: 1, 2: 1, 3: 0 });
  });
}

for (const lua of ["lua5.1", "lua5.4", "luajit"] as const) {
  testWith(lua)(`in ${lua} what cannot be told apart runs none the less`, () => {
    const files = {
      "twins.lua": "return { function(a) return a and 1 end, function(a) return a and 2 end }\n",
      "main.lua": `local load, dump = loadstring or load, string.dump
for _, each in ipairs(require "twins") do print(pcall(load(dump(each)), 5)) end
`,
    };
    expect(makeProject(files).run([lua, "main.lua"]).stdout).toBe("true\t1\ntrue\t2\n");
  });
}
