import { readFileSync } from "node:fs";
import path from "node:path";
import { loadConfig, run } from "luacov-ts";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { scripted } from "./scripted.js";

/** Writes of which files something was to be compiled, in a loop in which it is stopped, and afterwards. */
const program = `local traced = {}
jit.off = nil
jit.opt.start("hotloop=3")
jit.attach(function(what, _, fn)
  if what == "start" then traced[debug.getinfo(fn, "S").source:match "[^/]*$"] = true end
end, "trace")
local here = debug.getinfo(1, "S").source:match "^@(.*)/"
local file = io.open(here .. "/traced.txt", "w")
local function tell()
  for each in pairs(traced) do file:write(each, "\\n") end
  traced = {}
end
local n = 0
local function count()
  n = n + 1
end
while not isOver do
  count()
end
tell()
for _ = 1, 1000 do
  count()
end
tell()
file:close()
`;

/** Stops anywhere, where all of a debugger is loaded, in the function and in the loop, and then anywhere. */
const frontEnd = (file: string) =>
  scripted(async ({ program, next, answer, go }) => {
    await next("ready");
    go("continue");
    program.pause();
    await next("stopped");
    const ofFunction = { id: 1, file, line: 15, defined: 14, hits: 500 };
    await answer({ command: "breakpoints", lines: [ofFunction], functions: [] });
    go("continue");
    await next("stopped");
    await answer({
      command: "breakpoints",
      lines: [{ id: 2, file, line: 18, defined: 0, hits: 500 }],
      functions: [],
    });
    go("continue");
    await next("stopped");
    await answer({ command: "breakpoints", lines: [], functions: [] });
    go("continue");
    program.pause();
    await next("stopped");
    await answer({ command: "evaluate", text: "isOver = true", depth: 0, thread: 1, frame: 1 });
    go("continue");
    await next("ended");
  });

// In a hook, LuaJIT 2.1.0-beta3 went on anywhere in memory, where it returned to code of ours that it had compiled and dropped.
testWith("luajit")(
  "LuaJIT compiles nothing of a debugger, and goes on to compile a program and to tell it of that",
  async () => {
    const cwd = makeFolder({ "test/main.lua": program });
    const config = await loadConfig({ cwd, lua: "luajit", reporter: ["none"] });
    await run(
      { ...config, debug: frontEnd(path.join(cwd, "test/main.lua")) },
      { patterns: [path.join(cwd, "test")] },
    );
    expect(readFileSync(path.join(cwd, "test/traced.txt"), "utf8")).toBe("main.lua\nmain.lua\n");
  },
);
