import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { measureProgram } from "../oracle/ours.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { differences } from "./compare.js";
import { runProbed } from "./run.js";

const clauses = Array.from({ length: 120 }, (_, index) => `elseif t.x == ${index} then n = n + ${index}`);

/** What is exact only where counters are put, added and taken away with care. */
const programs: readonly (readonly [what: string, text: string])[] = [
  [
    "conditions that raise in the middle of a chain of clauses",
    `local t = setmetatable({}, { __index = function(_, k) if k > 2 then error "no" end return k == 2 end })
     for k = 1, 4 do local i = k pcall(function() if t[i] then i = 0 elseif t[i + 1] then i = 1 elseif t[i + 2] then i = 2 end i = 5 end) end`,
  ],
  [
    "more clauses than can stand in each other",
    `local t, n = { x = 0 }, 0\nfor x = -1, 125, 7 do t.x = x if t == nil then n = 0 ${clauses.join("\n")} end end\nt = nil pcall(function() if n == 1 then ${clauses.join("\n")} else n = 1 end end)`,
  ],
  [
    "numbers, and variables that only look like it",
    `local sum, maybe = 0, 1
     local function f(n) local half = n / 2 if half > 1 then return half < 2 and half or 1 end sum = sum + half end
     for i = 1, 5 do local x = i % 3 if x > 1 then sum = sum - x elseif x == 0 then sum = sum + 1 end pcall(f, i > 3 and "x" or i) end
     maybe = nil pcall(function() local y = maybe if y and y > 1 then return end local z = 1 + maybe z = 2 end)
     local zero = 0 pcall(function() local z = 5 // zero local w = 5 % zero w = z end) pcall(function() local w = 5 % zero w = 1 end)`,
  ],
  [
    "blocks that are left by errors after quiet statements",
    `for i = 1, 3 do pcall(function() local a = 1 local b = {} local function c() return a end if i == 1 then error "x" end if b then a = c() end undefined = i > 2 and nothing.x or a a = 2 end) end`,
  ],
  [
    "threads that are left in conditions and loops",
    `for n = 0, 6 do local co = coroutine.wrap(function() local y = coroutine.yield
       if y() and not y() then y() elseif y() or y() then y() end
       for i = 1, 2 do if y() then break end end while y() do y() end repeat local z = y() until z or y() end)
     for i = 0, n do co(i % 2 == 0) end end`,
  ],
  [
    "operands that are deduced",
    `local function f(a, b, c, g)
       if a and b then a = 1 end if a or b then b = 2 else c = 1 end if not (a and c) or b then c = nil end
       if a and g() then a = b elseif not a and g() or c then c = a end
       local x = a or b local y = a and g() local z = a and b and c local w = (a and b) == c and a
       while a and b and c do c = nil end repeat local q = g() until q and a or b
       return x or g() and y, z, w, a and (b or c) and not g() end
     for i = 0, 15 do local k = i local bit = function() k = k // 2 return k % 2 == 0 or nil end
       pcall(f, bit(), bit(), bit(), function() if k % 3 == 2 then error "g" end k = k + 1 return k % 2 == 0 end) end`,
  ],
  [
    "labels, and jumps back",
    `local n = 0 ::top:: do n = n + 1 end if n < 3 then goto top end
     for i = 1, 4 do ::again:: n = n + 1 if n % 3 == 0 then goto again end local k = i if k == 2 then goto continue end n = n + k ::continue:: end
     while true do n = n + 1 if n > 20 then goto out end if n % 2 == 0 then goto skip end n = n + 3 ::skip:: end ::out:: n = 0`,
  ],
  [
    "constants that decide",
    `local n = 0 while true do n = n + 1 if n > 3 then break end end repeat n = n + 1 if n > 5 then break end until false
     if false then n = 1 else n = 2 end if nil then n = 3 elseif n then n = 4 end if 1 then n = 5 end
     local a = n and true or false local b = nil or n local c = false and n if n and true then n = 6 end if n == 6 or nil then n = 7 end
     do return n end n = 8`,
  ],
];

for (const lua of ["lua5.3", "lua5.5"] as const) {
  testWith(lua).for(programs)(`the hook and probes in ${lua} agree on %s`, ([, text]) => {
    const file = path.join(makeFolder({}), "program.lua");
    writeFileSync(file, text);
    const { message, coverage, notices } = measureProgram(file);
    expect({ message, notices }).toEqual({ message: "", notices: [] });
    const probed = runProbed(lua, [file]);
    expect(probed).toMatchObject({ status: 0, output: "" });
    const [hook, probes] = [coverage[file], probed.coverage[file]];
    if (hook === undefined || probes === undefined) throw new Error("not measured");
    expect(differences(hook, probes)).toEqual([]);
  });
}
