import fc from "fast-check";
import { expect } from "vitest";
import { luas } from "../support/debianLua.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { makeProject } from "./agent.js";

const mod = `local M = {}
function M.hit()
  M.hits = (M.hits or 0) + 1
end
return M
`;

/** Ends itself at a step, in a place of the stack, after it had its counters written at an earlier step. */
const main = `local hit = require "mod".hit
local way, place, last, left = arg[1], arg[2], tonumber(arg[3]), tonumber(arg[4])

local ways = {
  ["os.exit"] = function() os.exit() end,
  ["os.exit 3"] = function() os.exit(3) end,
  ["os.exit that closes"] = function() os.exit(3, true) end,
  ["ffi fault"] = function() require "ffi".cast("int *", 0)[0] = 1 end,
  ["ffi abort"] = function()
    require "ffi".cdef "void abort(void);"
    require "ffi".C.abort()
  end,
}
local function die()
  if ways[way] then return ways[way]() end
  os.execute("kill -" .. way .. " $PPID")
  while true do end
end

local count = 0
local function step()
  count = count + 1
  hit()
  if count == left then ("leave"):luacov_ts(true) end
  if count == last then die() end
end
local function steps()
  while true do step() end
end

local places = { plain = steps, pcall = function() pcall(pcall, steps) end }
function places.handler() xpcall(error, steps) end
function places.coroutine() coroutine.wrap(function() coroutine.wrap(steps)() end)() end
function places.iterator()
  for _ in function() step() return true end do end
end
function places.metamethod() return setmetatable({}, { __index = function() steps() end }).x end
function places.comparison() table.sort({ 3, 2, 1 }, function() steps() end) end
function places.gsub() ("x"):gsub(".", steps) end
function places.reader() load(steps) end
function places.finalizer()
  if newproxy then getmetatable(newproxy(true)).__gc = steps
  else setmetatable({}, { __gc = steps }) end
  collectgarbage()
end
places[place]()
`;

const places = [
  "plain",
  "pcall",
  "handler",
  "coroutine",
  "iterator",
  "metamethod",
  "comparison",
  "gsub",
  "reader",
  "finalizer",
];
const ends = ["os.exit", "os.exit 3", "os.exit that closes"];
const signals = ["KILL", "TERM", "SEGV", "ABRT", "BUS"];

for (const lua of luas) {
  testWith(lua)(`${lua} that dies anywhere has left what it counted until it last wrote`, () => {
    const ways = [...ends, ...signals, ...(lua === "luajit" ? ["ffi fault", "ffi abort"] : [])];
    const project = makeProject({ "mod.lua": mod, "main.lua": main }, ["mod.lua"]);
    let before = 0;
    const property = fc.property(
      fc.constantFrom(...ways),
      fc.constantFrom(...places),
      fc.nat(300),
      fc.nat(300),
      (way, place, one, other) => {
        const [left, last] = [Math.min(one, other), Math.max(one, other) + 1];
        const { code, signal, stderr } = project.run([lua, "main.lua", way, place, `${last}`, `${left}`]);
        const isSeen = ends.includes(way);
        expect({ isKilled: signal !== null, stderr }, `${code}`).toEqual({ isKilled: !isSeen, stderr: "" });
        const all = project.ends();
        expect(all.filter((end) => end === "end").length - seen).toBe(isSeen ? 1 : 0);
        if (isSeen) seen++;
        before += isSeen ? last : left;
        expect(project.lines("mod.lua")).toMatchObject({ 3: before });
      },
    );
    let seen = 0;
    fc.assert(property, { numRuns: runsOf(60), seed: 11, endOnFailure: true });
  });
}
