import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { toolsOf } from "../../engine/contract.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";
import { debugBy } from "./session.js";

const project = {
  "main.lua": `local shapes = require "src.shapes"
local total = 0
for side = 1, 3 do
  total = total + shapes.area(side, 2)
end
print(total)
`,
  "src/shapes.lua": `local shapes = { unit = "m²" }
local checks = 0

-- Of a rectangle.
function shapes.area(width, height)
  checks = checks + 1
  local area = width * height
  return area
end

return shapes
`,
};

/** Luas that say the same of a program. */
const luas = [
  ["fengari", testWith(), "Lua 5.3"],
  ["5.4", testWith(), "Lua 5.4"],
  ["lua5.4", testWith("lua5.4"), "Lua 5.4"],
  ["lua5.1", testWith("lua5.1"), "Lua 5.1"],
] as const;

for (const [lua, testIn, version] of luas) {
  testIn(`a script is stepped through, looked at and changed in ${lua}`, () => {
    const folder = makeFolder(project);
    const commands = [
      "n",
      "b shapes.area if width == 2",
      "tb main.lua:6",
      "b",
      "c",
      "l",
      "p width, height == 3, {}",
      "u",
      "e total = 0.5",
      "del 1",
      "f",
      "p +",
      "contniue",
      "w 6",
      "n 2",
      "",
    ];
    const { output, errors, code } = debugBy(folder, ["--lua", lua, "main.lua"], commands);
    expect({ errors, code }).toEqual({ errors: "", code: 0 });
    expect(`\n${output}`).toBe(
      `
main.lua in LUA: help has the commands, which can change it
Begins at main.lua:1 in main chunk
=>  1   local shapes = require "src.shapes"
    2   local total = 0
    3   for side = 1, 3 do
    4     total = total + shapes.area(side, 2)
    5   end
debug> n
At main.lua:2 in main chunk
    1   local shapes = require "src.shapes"
=>  2   local total = 0
    3   for side = 1, 3 do
    4     total = total + shapes.area(side, 2)
    5   end
debug> b shapes.area if width == 2
Breakpoint 1 at function shapes.area
debug> tb main.lua:6
Breakpoint 2 at main.lua:6
debug> b
1  function shapes.area if width == 2
2  main.lua:6, once
debug> c
Breakpoint 1 at src/shapes.lua:6 in function 'area'
    4   -- Of a rectangle.
    5   function shapes.area(width, height)
=>  6     checks = checks + 1
    7     local area = width * height
    8     return area
debug> l
Locals:
  width = 2
  height = 2
Upvalues:
  checks = 1
debug> p width, height == 3, {}
2
false
{}
debug> u
main.lua:4 in main chunk
    2   local total = 0
    3   for side = 1, 3 do
=>  4     total = total + shapes.area(side, 2)
    5   end
    6 * print(total)
debug> e total = 0.5
debug> del 1
debug> f
At main.lua:4 in main chunk
    2   local total = 0
    3   for side = 1, 3 do
=>  4     total = total + shapes.area(side, 2)
    5   end
    6 * print(total)
debug> p +
unexpected symbol near '+'
debug> contniue
nil
(to have the command continue, write that)
debug> w 6
    1   local shapes = require "src.shapes"
    2   local total = 0
    3   for side = 1, 3 do
=>  4     total = total + shapes.area(side, 2)
    5   end
    6 * print(total)
debug> n 2
At main.lua:4 in main chunk
    2   local total = 0
    3   for side = 1, 3 do
=>  4     total = total + shapes.area(side, 2)
    5   end
    6 * print(total)
debug>
Breakpoint 2 at main.lua:6 in main chunk
    4     total = total + shapes.area(side, 2)
    5   end
=>  6   print(total)
main.lua goes on without the debugger
10.5
`.replace("LUA", version),
    );
  });
}

testWith("lua5.4")("the log has commands, answers without colours, and what was changed", () => {
  const folder = makeFolder(project);
  const commands = ["n", "n", "e total = 4", "set total = total + shapes.area(1, 1)", "p total", "nosuch("];
  const flags = ["--lua", "lua5.4", "--log", "session.log"];
  debugBy(folder, [...flags, "main.lua"], commands, { NO_COLOR: "", FORCE_COLOR: "1" });
  const log = readFileSync(path.join(folder, "session.log"), "utf8");
  expect(`\n${log}`).toBe(`
main.lua in Lua 5.4: help has the commands, which can change it
Begins at main.lua:1 in main chunk
=>  1   local shapes = require "src.shapes"
    2   local total = 0
    3   for side = 1, 3 do
    4     total = total + shapes.area(side, 2)
    5   end
debug> n
At main.lua:2 in main chunk
    1   local shapes = require "src.shapes"
=>  2   local total = 0
    3   for side = 1, 3 do
    4     total = total + shapes.area(side, 2)
    5   end
debug> n
At main.lua:3 in main chunk
    1   local shapes = require "src.shapes"
    2   local total = 0
=>  3   for side = 1, 3 do
    4     total = total + shapes.area(side, 2)
    5   end
debug> e total = 4
! this may have changed the program
debug> set total = total + shapes.area(1, 1)
! this may have changed the program
debug> p total
5
debug> nosuch(
"nosuch(" is no command, and no Lua reads the line; help has all
main.lua goes on without the debugger

Changed in the program:
! main.lua:3 in main chunk: total = 4
! main.lua:3 in main chunk: total = total + shapes.area(1, 1)
`);
});

testWith("lua5.4")("there is no way to a line that nothing runs", () => {
  const folder = makeFolder({ "main.lua": "local a = 1\nprint(a)\n-- over\n" });
  const { output } = debugBy(folder, ["--lua", "lua5.4", "main.lua"], ["until 9", "until 3", "until 2"]);
  expect(output.match(/^debug> until.*\n.*/gm)).toEqual([
    "debug> until 9\nmain.lua has 3 lines",
    "debug> until 3\nNo code follows line 3 of main.lua",
    "debug> until 2\nAt main.lua:2 in main chunk",
  ]);
});

testWith("lua5.4")("what breakpoints, logs and watches change is in the log, too", () => {
  const folder = makeFolder({
    "main.lua": "count = 0\nfunction bump()\n  count = count + 1\nend\nprint(count)\n",
  });
  const commands = [
    "log main.lua:5 {bump()} and {count}",
    "b main.lua:5 if count > 0",
    "watch tostring(bump)",
  ];
  const flags = ["--lua", "lua5.4", "--log", "session.log", "--break", "main.lua:1 if bump()"];
  debugBy(folder, [...flags, "main.lua"], commands);
  const log = readFileSync(path.join(folder, "session.log"), "utf8");
  expect(log.match(/^!.*/gm)).toEqual([
    "! this may change the program each time",
    "! this may change the program each time",
    "! this may change the program each time",
    "! 1 at main.lua:1: bump()",
    "! 2 at main.lua:5: bump()",
    "! 4 in main chunk: tostring(bump)",
  ]);
});

testWith("lua5.4")("the debugger leaves tests alone at the end of its input, and the next files, too", () => {
  const folder = makeFolder({
    ...project,
    "spec/a_spec.lua": `local shapes = require "src.shapes"
it("has an area", function()
  assert.equal(6, shapes.area(2, 3))
end)
`,
    "spec/b_spec.lua": 'it("is another one", function() end)\n',
  });
  const flags = ["--lua", "lua5.4", "--break", "src/shapes.lua:6 if width == 2", "--test-reporter", "tap"];
  const { output, code } = debugBy(folder, flags, ["t"]);
  expect(code).toBe(0);
  expect(`\n${output.replace(/duration_ms: .*/g, "duration_ms: N")}`).toBe(`
TAP version 14
# spec/a_spec.lua (lua5.4)
spec/a_spec.lua in Lua 5.4: help has the commands, which can change it
Breakpoint 1 at src/shapes.lua:6 in function 'area'
    4   -- Of a rectangle.
    5   function shapes.area(width, height)
=>  6 *   checks = checks + 1
    7     local area = width * height
    8     return area
debug> t
=> 1 src/shapes.lua:6 in function 'area'
   2 spec/a_spec.lua:3 in function <spec/a_spec.lua:2>
spec/a_spec.lua goes on without the debugger
ok 1 - spec/a_spec.lua (lua5.4): has an area
  ---
  duration_ms: N
  at:
    file: spec/a_spec.lua
    line: 2
  ...
# spec/b_spec.lua (lua5.4)
ok 2 - spec/b_spec.lua (lua5.4): is another one
  ---
  duration_ms: N
  at:
    file: spec/b_spec.lua
    line: 1
  ...
1..2
`);
});

const coroutines = `jobs = { first = 2, second = 3 }

local function worker(name)
  local left = jobs[name]
  while left > 0 do
    left = left - 1
    coroutine.yield(left)
  end
  error("nothing left")
end

local function run(name, ...)
  local co = coroutine.create(worker)
  coroutine.resume(co, name)
  return pcall(coroutine.wrap(worker), name), ...
end

print(run("first", 1, nil))
local ok = pcall(error, "caught")
print(ok)
`;

testWith("lua5.4")(
  "coroutines, watches, logs and errors are told, and what is nowhere is told in a sentence",
  () => {
    const folder = makeFolder({ "main.lua": coroutines });
    const commands = [
      "until 14",
      "l",
      "log main.lua:6 {name} has {left}",
      "y",
      "t",
      "threads",
      "watch left",
      "c",
      "u",
      "b worker",
      "b 99",
      "w nix.lua:3",
      "w 1-2",
      "del 3",
      "del 9",
      "b",
      "errors always",
      "del all",
      "c",
      "errors",
      "sources",
      "c",
    ];
    const { output } = debugBy(folder, ["--lua", "lua5.4", "main.lua"], commands);
    expect(`\n${output}`).toBe(`
main.lua in Lua 5.4: help has the commands, which can change it
Begins at main.lua:1 in main chunk
=>  1   jobs = { first = 2, second = 3 }
    2
    3   local function worker(name)
    4     local left = jobs[name]
    5     while left > 0 do
debug> until 14
At main.lua:14 in function 'run'
   12   local function run(name, ...)
   13     local co = coroutine.create(worker)
=> 14     coroutine.resume(co, name)
   15     return pcall(coroutine.wrap(worker), name), ...
   16   end
debug> l
Locals:
  name = "first"
  co = thread suspended
Varargs:
  ...[1] = 1
  ...[2] = nil
Upvalues:
  worker = function <main.lua:3>
debug> log main.lua:6 {name} has {left}
Log 1 at main.lua:6
debug> y
At main.lua:4 in function <main.lua:3>
    2
    3   local function worker(name)
=>  4     local left = jobs[name]
    5     while left > 0 do
    6 *     left = left - 1
debug> t
=> 1 main.lua:4 in function <main.lua:3>
debug> threads
   1 normal    main.lua:14
=> 2 running   main.lua:4
debug> watch left
Watch 2 of left in function <main.lua:3>
debug> c
left: nil → 2
Watch 2 at main.lua:5 in function <main.lua:3>
    3   local function worker(name)
    4     local left = jobs[name]
=>  5     while left > 0 do
    6 *     left = left - 1
    7       coroutine.yield(left)
debug> u
Nothing called this
debug> b worker
Breakpoint 3 at function worker
debug> b 99
main.lua has 20 lines
debug> w nix.lua:3
There is no file "nix.lua", and nothing of that name has been loaded
debug> w 1-2
    1   jobs = { first = 2, second = 3 }
    2
debug> del 3
debug> del 9
There is no number 9; "b" shows all
debug> b
1  main.lua:6 says {name} has {left}
2  watch left in function <main.lua:3>
debug> errors always
Every error stops the program
debug> del all
debug> c
true	1	nil
caught
Error at main.lua:19 in main chunk
   17
   18   print(run("first", 1, nil))
=> 19   local ok = pcall(error, "caught")
   20   print(ok)
debug> errors
Every error stops the program
debug> sources
main.lua
debug> c
false
main.lua is over
`);
  },
);

testWith()("who quits in a test file runs no other one", () => {
  const folder = makeFolder({
    "spec/a_spec.lua": 'it("is one", function() end)\n',
    "spec/b_spec.lua": 'it("is another one", function() end)\n',
  });
  const { output, code } = debugBy(folder, ["--lua", "5.4", "--test-reporter", "tap"], ["q"]);
  expect(code).toBe(130);
  expect(output).toContain("debug> q\nspec/a_spec.lua is over\n");
  expect(output).not.toContain("b_spec.lua");
});

testWith()("where a test fails the program stands still, with all that the test sees", () => {
  const spec = `it("adds", function()
  local sum = 1 + 1
  assert.equal(3, sum)
end)
`;
  const folder = makeFolder({ "spec/sum_spec.lua": spec });
  const flags = ["--lua", "fengari", "--break-on-failure", "--test-reporter", "tap"];
  const { output, code } = debugBy(folder, flags, ["l", "c"]);
  expect(code).toBe(1);
  const shown = output.slice(output.indexOf("spec/sum_spec.lua in"), output.indexOf("not ok"));
  expect(`\n${shown}`).toBe(`
spec/sum_spec.lua in Lua 5.3: help has the commands, which can change it
spec/sum_spec.lua:3: Expected objects to be equal.
Passed in:
(number) 2
Expected:
(number) 3
Error at spec/sum_spec.lua:3 in function <spec/sum_spec.lua:1>
    1   it("adds", function()
    2     local sum = 1 + 1
=>  3     assert.equal(3, sum)
    4   end)
debug> l
Locals:
  sum = 2
debug> c
`);
});

const loading = `local compile = loadstring or load
local twice = compile("return function(n)\\n  local k = n * 2\\n  return k\\nend", "=twice")()
twice(2)
print(twice(3))
`;

for (const lua of ["fengari", "lua5.1"] as const) {
  testWith(...toolsOf(lua))(`a function of a text that was loaded has breakpoints in ${lua}`, () => {
    const folder = makeFolder({ "main.lua": loading });
    const { output } = debugBy(
      folder,
      ["--lua", lua, "main.lua"],
      ["n 2", "b twice:2", "c", "p n", "del 1", "c"],
    );
    expect(output.slice(output.indexOf("debug> b"))).toBe(`debug> b twice:2
Breakpoint 1 at twice:2
debug> c
Breakpoint 1 at twice:2 in function 'twice'
There is no source of twice to be read
debug> p n
2
debug> del 1
debug> c
6
main.lua is over
`);
  });
}
