import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { hitsFilesIn } from "../../src/engine/native/agent/hits.js";
import { testWith } from "../support/tools.js";
import { allLuas, expectSame, makeProject, type Project } from "./agent.js";

const program = `local function f(n)
  for i = 1, n do
    local x = i
  end
  return n
end
f(3)
print(pcall(function() error("x") end))
local co = coroutine.wrap(function(a)
  coroutine.yield(1)
  f(2)
end)
co() co()
local t = coroutine.create(function() return f(1) end)
print(coroutine.resume(t))
print(select(2, pcall(coroutine.wrap, 1)), select(2, pcall(coroutine.create, nil)))
`;

for (const lua of allLuas) {
  testWith(lua)(`${lua} counts lines and calls by the hook, over coroutines and errors`, () => {
    const project = makeProject({ "main.lua": program });
    hooked(project, [lua, "main.lua"]);
    const { lines, calls } = rowsOf(project);
    // LuaJIT begins a line anew after a call in it.
    const again = lua === "luajit" ? 3 : 2;
    const expected = { 2: 9, 3: 6, 5: 3, 7: 1, 8: again, 10: 1, 11: 1, 13: 1, 15: 1 };
    expect(lines).toMatchObject(expected);
    expect(calls).toEqual({ main: 1, "1-6": 3, "8-8": 1, "9-12": 1, "14-14": 1 });
  });

  testWith(lua)(`${lua} leaves a program its own hook while lines are counted`, () => {
    const own = `local events = {} if jit then jit.off() end
local function f() return 1 end
debug.sethook(function(event, line) events[#events + 1] = event .. " " .. (line or "") end, "l")
f()
f()
debug.sethook()
print(table.concat(events, ", "), debug.gethook())
local count = 0
debug.sethook(function() count = count + 1 end, "", 100)
for i = 1, 10000 do local x = i end
print(debug.gethook() ~= nil, select(2, debug.gethook()), select(3, debug.gethook()))
debug.sethook()
print(count > 50)
`;
    const project = makeProject({ "main.lua": own });
    hooked(project, [lua, "main.lua"]);
    expect(rowsOf(project)).toMatchObject({ lines: { 4: 1, 5: 1 }, calls: { "2-2": 2 } });
  });

  testWith(lua)(`${lua} counts by the hook a file that cannot hold probes`, () => {
    const project = makeProject({
      "mod.lua": "local M = {}\nfunction M.hit()\n  return 1\nend\nreturn M\n",
      "main.lua": `local mod = require "mod"\nprint(mod.hit())\nprint(mod.hit())\n`,
    });
    const run = project.environment.LUACOV_TS_FOLDER ?? "";
    const manifest = path.join(run, "manifest");
    const text = readFileSync(manifest, "utf8");
    const [, , row = ""] = text.split("\n");
    const [key = "", length, counters, at, copy, ...others] = row.split(" ");
    // A copy that is not there as it was written.
    const lost = [key, length, counters, at, `${copy}000`, ...others].join(" ");
    writeFileSync(manifest, text.replace(row, lost));
    expectSame(project, [lua, "main.lua"]);
    expect(project.doubts()).toEqual([`unprobed ${key}`]);
    expect(rowsOf(project)).toMatchObject({ lines: { 1: 1, 2: 1, 3: 2, 5: 1 }, calls: { "2-4": 2 } });
    expect(project.lines("main.lua")).toEqual({ 1: 1, 2: 1, 3: 1 });
  });
}

/** Asks for the same output under the hook as plain. */
function hooked(project: Project, command: readonly string[]): void {
  const plain = project.plain(command);
  const measured = project.run(command, { LUACOV_TS_COLLECTOR: "hook" });
  expect(measured).toEqual(plain);
}

/** Counts by line and by place of a function, of all sources together. */
function rowsOf({ environment }: Project) {
  const run = environment.LUACOV_TS_FOLDER ?? "";
  const rows = hitsFilesIn(run).flatMap((file) => readFileSync(file, "latin1").split("\n"));
  const countsOf = (kind: string) =>
    Object.fromEntries(
      rows
        .filter((row) => row.startsWith(`${kind} `))
        .flatMap((row) => row.split(" ").slice(2))
        .map((entry) => entry.split(":"))
        .map(([place = "", count]) => [place, Number(count)]),
    );
  return { lines: countsOf("lines"), calls: countsOf("calls") };
}
