import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { type EngineName, engines, toolsOf } from "../engine/contract.js";
import { luas } from "../support/debianLua.js";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";
import { debugBy } from "./terminal/session.js";

/**
 * What programs are told of their own stack, each a chunk whose results are written: in a debugger that is the same as without one, in
 * whatever way that stops them.
 */
const cases: Readonly<Record<string, string>> = {
  "a level that error counts": `return keep(pcall(error, "x", 2))`,
  "a level behind pcall": `return keep(pcall(function() error("x", 3) end))`,
  "a level behind pcall with an argument": `return keep(pcall(function(a) error(a, 2) end, "x"))`,
  "nothing to call": `return keep(pcall(nil))`,
  "no argument of pcall": `return keep(pcall(function() pcall() end))`,
  "no argument of xpcall": `return keep(pcall(function() xpcall(print) end))`,
  "an argument of resume": `return keep(pcall(function() coroutine.resume(5) end))`,
  "an argument of wrap": `return keep(pcall(function() coroutine.wrap(5) end))`,
  "an error out of wrap": `local f = coroutine.wrap(function() error("x") end) return keep(pcall(function() f() end))`,
  "an error out of wrap in C": `return keep(pcall(coroutine.wrap(function() error("x") end)))`,
  "a dead coroutine": `local f = coroutine.wrap(function() end) f() return keep(pcall(function() f() end))`,
  "an object out of wrap": `return type(select(2, pcall(coroutine.wrap(function() error {} end))))`,
  "a stack in a wrapped coroutine": `return coroutine.wrap(function() local text = debug.traceback("x") return text end)()`,
  "a stack in pcall": `local text pcall(function() text = debug.traceback("x") end) return text`,
  "a stack in pcall with an argument": `local text pcall(function(a) text = debug.traceback(a) end, "x") return text`,
  "a stack in a handler": `return keep(xpcall(function() error("x") end, function(m) local text = debug.traceback(m) return text end))`,
  "traceback as the handler": `return keep(xpcall(function() error("x") end, debug.traceback))`,
  "a stack for a tail call": `return keep(xpcall(function() error("x") end, function(m) return debug.traceback(m) end))`,
  "a level of a stack": `return keep(xpcall(function() error("x") end, function(m) local text = debug.traceback(m, 2) return text end))`,
  "a deep stack": `local function deep(n) if n == 0 then local text = debug.traceback() return text end return (deep(n - 1)) end return keep(select(2, pcall(deep, 30)))`,
  "levels in a handler": `return keep(xpcall(function() error("x") end, function() return place(1) .. place(2) .. place(3) .. place(4) .. place(5) end))`,
  "levels in pcall": `return keep(select(2, pcall(function() return place(1) .. place(2) .. place(3) end)))`,
  "a local of a level": `local function inner() local _, value = debug.getlocal(3, 1) return value end return (function(outer) local _, value = pcall(inner) return value end)("x")`,
  "a tail call of pcall": `local function try(f) return pcall(f) end return keep(try(function() error("x", 3) end))`,
  "the stack of the program": `local text = debug.traceback("x") return text`,
};

type Mode = "nothing" | "a breakpoint" | "every error";
const modes: Readonly<Record<Mode, readonly string[]>> = {
  nothing: [],
  "a breakpoint": ["b 2"],
  "every error": ["errors always"],
};

interface Difference {
  readonly name: keyof typeof cases;
  readonly engines: RegExp;
  readonly modes: RegExp;
  readonly reason: string;
}

const differences: readonly Difference[] = [
  {
    name: "a level that error counts",
    engines: /fengari/,
    modes: /error/,
    reason: "what is ours has no lines there, so that a text does not show that its level is one of ours",
  },
  {
    name: "a level behind pcall",
    engines: /fengari/,
    modes: /error/,
    reason: "what is ours has no lines there, so that a text does not show that its level is one of ours",
  },
  {
    name: "a tail call of pcall",
    engines: /5\.|fengari/,
    modes: /error/,
    reason:
      "a function of Lua takes the place of what calls it by a tail call; one of C does in LuaJIT alone",
  },
  {
    name: "a stack for a tail call",
    engines: /5\.1/,
    modes: /nothing|breakpoint/,
    reason: "the same, where a program has used coroutine.wrap",
  },
  {
    name: "a stack for a tail call",
    engines: /5\.|fengari/,
    modes: /error/,
    reason:
      "a function of Lua takes the place of what calls it by a tail call; one of C does in LuaJIT alone",
  },
];

for (const engine of engines) {
  testWith(...toolsOf(engine))(
    `${engine}: a program is told of its stack what it is without a debugger`,
    () => {
      const folder = makeFolder({ "a.lua": program(isNative(engine)) });
      const plain = withoutDebugger(engine, folder);
      expect(Object.keys(plain)).toEqual(Object.keys(cases));
      for (const [mode, commands] of Object.entries(modes)) {
        const goOn = Array.from({ length: 60 }, () => "c");
        debugBy(folder, ["--lua", engine, "a.lua"], [...commands, ...goOn]);
        const told = written(folder);
        for (const { name } of differences.filter(
          (each) => each.engines.test(engine) && each.modes.test(mode),
        )) {
          expect([mode, name, told[name]]).not.toEqual([mode, name, plain[name]]);
          told[name] = plain[name];
        }
        expect([mode, told]).toEqual([mode, plain]);
      }
    },
    120_000,
  );
}

function isNative(engine: EngineName): boolean {
  return luas.some((each) => each === engine);
}

/**
 * Line 2 has a breakpoint. The results are in a file, as the debugger writes as well. What is around an embedded program is nobody's
 * business, so that it runs in a coroutine.
 */
function program(isMain: boolean): string {
  const each = Object.entries(cases).map(([name, chunk]) => `write("${name}", (function() ${chunk} end)())`);
  return `local file = io.open("told.txt", "w")
local isBegun = true
local function write(name, ...)
  local all = { name }
  for index = 1, select("#", ...) do all[#all + 1] = tostring((select(index, ...))) end
  file:write(table.concat(all, "\\1"), "\\2")
end
local function place(level)
  local info = debug.getinfo(level + 1, "Sl")
  local text = info and info.short_src .. ":" .. info.currentline .. ":" .. info.what .. " " or "none "
  return text
end
local function keep(...) return ... end
local function run()
${each.join("\n")}
end
${isMain ? "run()" : "coroutine.resume(coroutine.create(run))"}
file:close()
`;
}

function withoutDebugger(engine: EngineName, folder: string): Record<string, string | undefined> {
  const native = luas.find((each) => each === engine);
  const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));
  if (native === undefined) spawnSync(process.execPath, [bin, "--lua", engine, "a.lua"], { cwd: folder });
  else spawnSync(toolPath(native), ["a.lua"], { cwd: folder });
  return written(folder);
}

function written(folder: string): Record<string, string | undefined> {
  const file = path.join(folder, "told.txt");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const told = text
    .split("\u0002")
    .slice(0, -1)
    .map((each) => each.split("\u0001"));
  return Object.fromEntries(
    told.map(([name = "", ...results]) => [name, results.join("\n").replaceAll(/0x[0-9a-f]+/g, "0x")]),
  );
}
