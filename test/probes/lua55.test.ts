import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { expectListing, sourceOf } from "../support/listing.js";
import { testWith } from "../support/tools.js";
import { run, runProbed } from "./run.js";

/** What only Lua 5.5 reads, with what it prints and its counts. */
const programs: readonly (readonly [what: string, output: string, listing: string])[] = [
  [
    "declared globals",
    "1\t7\n\n",
    `
      1| global print, x
      1| x = 1
      1| global y = 7
      1| global function f(a)
      2|   if a then
      if 1 1
      1|     return a and x or y
      binary-expr 1 1 0 true 1 1
       |   end
       | end
      1| print(f(true), y)
      1| print(f())
    `,
  ],
  [
    "a global function behind a local of its name, which cannot be set",
    "false\n",
    `
      1| global *
      1| local f = 1
      1| setmetatable(_ENV, { __newindex = function()
      1|   error("no")
       | end })
      1| print((pcall(function()
      1|   global function f() end
      0|   local x = 1
       | end)))
    `,
  ],
  [
    "no declared global at all",
    "",
    `
      1| global none
      1| local n = 0
      1| for i = 1, 3 do
      loop 3 1
      3|   if i == 2 or n > 4 then
      if 1 2
      binary-expr 3 2 true 1 0
      1|     n = n + i
       |   end
       | end
    `,
  ],
  [
    "constants that stand for all globals",
    "2\tb\n0\tnone\n",
    `
      1| global <const> *
      1| local function f(...args)
      2|   local last = args[args.n] or "none"
      binary-expr 2 1 true 1
      2|   return args.n, last
       | end
    1 1| print(f("a", "b")) print(f())
    `,
  ],
  [
    "varargs with a name that are changed",
    "5\t2\n2\t5\n",
    `
      1| local function f(...t)
      1|   t[1] = t[1] and 5
      binary-expr 1 1 true 1
      1|   print(...)
      1|   return t.n > 2 and 3 or 2, t[1] == 5 and ...
      binary-expr 1 0 1 true 0
      binary-expr 1 1 true 1
       | end
      1| print(f(1, 2))
    `,
  ],
  [
    "globals in functions and blocks",
    "3\nfalse\tnil\n",
    `
      1| global print, pcall
       | do
      1|   global total = 0
  1 3 3|   local function add(n) total = total + (n or 1) return total end
      binary-expr 3 2 true 1
    1 1|   add(1) add()
      1|   print(add(nil))
       | end
  1 1 1| local ok, message = pcall(function() global z return z and z.x or nil end)
      binary-expr 1 0 1 true 0 0
      1| print(not ok, message)
    `,
  ],
  [
    "attributes before names",
    "1\t2\nclosed\n",
    `
      1| local <const> a, b = 1, 2
    1 1| local mt = { __close = function() print "closed" end }
       | do
      1|   local <close> c = setmetatable({}, mt)
      1|   print(a, b)
       | end
    `,
  ],
  [
    "global as a name",
    "1\t2\n",
    `
      1| local global = 1
      1| global = global or 3
      binary-expr 1 0 true 1
      1| local t = { global = 2 }
      1| print(global, t.global)
    `,
  ],
];

testWith("lua5.5").for(programs)("counts and output are exact with %s", ([, output, listing]) => {
  const file = path.join(makeFolder({}), "program.lua");
  writeFileSync(file, sourceOf(listing));
  const probed = runProbed("lua5.5", [file]);
  expect(run("lua5.5", file)).toEqual({ status: 0, output });
  expect(probed).toMatchObject({ status: 0, output });
  const coverage = probed.coverage[file];
  if (coverage === undefined) throw new Error("not measured");
  expectListing(listing, coverage);
});
