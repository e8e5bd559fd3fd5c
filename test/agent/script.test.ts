import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { hitsFilesIn } from "../../src/engine/native/agent/hits.js";
import { testWith } from "../support/tools.js";
import { agent, allLuas, expectSame, makeProject } from "./agent.js";

const program = `print(..., select("#", ...))
print(#arg, arg[0], arg[1], arg[-1], getmetatable(arg), getmetatable(_G), rawget(_G, "arg") == arg)
print(debug.traceback "here")
local n = 1
while debug.getinfo(n, "l") do n = n + 1 end
print(n, debug.getinfo(1, "S").source, debug.getinfo(1, "t") and debug.getinfo(1, "t").istailcall)
print(pcall(debug.getlocal, 4, 1))
if arg[1] == "fail" then error "failed" end
if arg[1] == "object" then error(setmetatable({}, { __tostring = function() return "an object" end })) end
if arg[1] == "nil" then error() end
if arg[1] == "exit" then os.exit(tonumber(arg[2]) or arg[2] == "true") end
return 1
`;

/** How often the lines of the program ran that the arguments choose. */
const ran = { 1: 1, 4: 1 };

const commands: Readonly<Record<string, readonly string[]>> = {
  "a script": ["main.lua"],
  arguments: ["main.lua", "one", "", "three words"],
  "a path": ["./main.lua"],
  "--": ["--", "main.lua", "x"],
  "-e before": ["-e", "x = 1", "main.lua", "a"],
  "-e that looks at arg": ["-e", "print(arg and #arg, arg and arg[0], type(rawlen))", "main.lua", "a"],
  "-e that defines globals": ["-e", "a, b = 1, 2 function f() end", "main.lua"],
  "-l before": ["-l", "module", "main.lua", "a"],
  "an error": ["main.lua", "fail"],
  "an object as error": ["main.lua", "object"],
  "nil as error": ["main.lua", "nil"],
  "os.exit 0": ["main.lua", "exit", "0"],
  "os.exit 7": ["main.lua", "exit", "7"],
  "os.exit true": ["main.lua", "exit", "true"],
  "os.exit false": ["main.lua", "exit", "false"],
};

testWith("lua5.1")("lua5.1 that gives up to measure its script says so, and counts its lines", () => {
  const project = makeProject({ "main.lua": "local x = 1\nprint(x)\n" });
  // A clock on which every moment is too late.
  const late = `local clock = os.clock os.clock = function() return clock() * 1e9 end assert(loadfile("${agent}"))() -- agent/agent.lua`;
  const { code, stdout, stderr } = project.run(["lua5.1", "main.lua"], { LUA_INIT: late });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "1\n", stderr: "" });
  expect(project.doubts().map((line) => line.split(" ")[0])).toEqual(["unprobed"]);
  expect(project.lines("main.lua")).toBe("not loaded");
  const { LUACOV_TS_FOLDER: run = "" } = project.environment;
  const [left = ""] = hitsFilesIn(run);
  const [, counts] = /^lines \w+ (.*)$/m.exec(readFileSync(left, "latin1")) ?? [];
  expect(counts?.split(" ").sort()).toEqual(["1:1", "2:1"]);
});

for (const lua of allLuas) {
  for (const [what, args] of Object.entries(commands)) {
    testWith(lua)(`${lua} runs and measures its script: ${what}`, () => {
      const project = makeProject({ "main.lua": program, "module.lua": "m = 1\n" }, ["main.lua"]);
      expectSame(project, [lua, ...args]);
      expect(project.lines("main.lua")).toMatchObject(ran);
      expect(project.ends()).toEqual(["end"]);
      expect(project.doubts()).toEqual([]);
    });
  }

  testWith(lua)(`${lua} runs its script as ever where globals are made strict before`, () => {
    const strict = `local mt = getmetatable(_G)
if mt == nil then mt = {} setmetatable(_G, mt) end
mt.__newindex = function(t, k, v)
  if debug.getinfo(2, "S").what == "Lua" then error("new " .. k, 2) end
  rawset(t, k, v)
end
mt.__index = function(_, k) error("no " .. k, 2) end
`;
    const main = `print(arg[0], arg[1], rawget(_G, "arg") == arg, ...)
print(pcall(function() x = 1 end))
print(pcall(function() return y end))
`;
    const project = makeProject({ "strict.lua": strict, "main.lua": main, "other.lua": "print(arg[0])" }, [
      "main.lua",
    ]);
    expectSame(project, [lua, "-l", "strict", "main.lua", "a"]);
    const isMeasured = ["lua5.3", "lua5.4", "lua5.5"].includes(lua);
    expect(project.doubts().map((line) => line.split(" ")[0])).toEqual(isMeasured ? [] : ["unprobed"]);
    // Zeros of a copy that did not run would hide what the hook counted.
    if (!isMeasured) expect(project.lines("main.lua")).toBe("not loaded");
    expectSame(project, [lua, "-l", "strict", "other.lua", "a"]);
    expectSame(project, [lua, "-e", "arg = { [0] = 'mine', 'b' }", "other.lua", "a"]);
    expectSame(project, [lua, "-e", "setmetatable(_G, { __index = function() return 1 end })", "main.lua"]);
    expectSame(project, [
      lua,
      "-e",
      "for name in pairs(arg or {}) do end print(rawget(_G, 'y'))",
      "main.lua",
    ]);
  });

  testWith(lua)(`${lua} goes on as ever without a script of ours`, () => {
    const project = makeProject(
      { "other.lua": "print(...)", "broken.lua": "x = = 1\n", "main.lua": program },
      ["main.lua"],
    );
    for (const args of [
      ["other.lua", "x"],
      ["broken.lua"],
      ["nowhere.lua"],
      ["-e", "print(1) x = 2 print(x)"],
      ["-v"],
    ]) {
      expectSame(project, [lua, ...args]);
    }
    expect(project.lines("main.lua")).toBe("not loaded");
  });

  testWith(lua)(`${lua} knows a script by its content, wherever it is`, () => {
    const project = makeProject({ "bin/tool": `#!/usr/bin/env ${lua}\n${program}` });
    mkdirSync(path.join(project.folder, "installed"));
    copyFileSync(path.join(project.folder, "bin/tool"), path.join(project.folder, "installed/other"));
    symlinkSync("../bin/tool", path.join(project.folder, "installed/link"));
    chmodSync(path.join(project.folder, "bin/tool"), 0o755);
    for (const command of [
      ["bin/tool", "a"],
      [lua, "installed/other"],
      [lua, "installed/link"],
      [lua, path.join(project.folder, "bin/tool")],
    ]) {
      expectSame(project, [
        command[0] === "bin/tool" ? path.join(project.folder, "bin/tool") : (command[0] ?? ""),
        ...command.slice(1),
      ]);
    }
    expect(project.lines("bin/tool")).toMatchObject({ 2: 4, 5: 4 });
  });

  testWith(lua)(`${lua} measures what LuaRocks' wrapper scripts start`, () => {
    const wrapper = `#!/bin/sh
LUAROCKS_SYSCONFDIR='/etc/luarocks' exec '${lua}' -e 'package.path="./lib/?.lua;"..package.path' -e 'local k,l,_=pcall(require,"luarocks.loader") _=k and l.add_context and l.add_context("x","1-1")' './main.lua' "$@"
`;
    const files = {
      "main.lua": `print(require "lib".name, ...)\n`,
      "lib/lib.lua": `return { name = "lib" }\n`,
      wrapper,
    };
    const project = makeProject(files, ["main.lua", "lib/lib.lua"]);
    chmodSync(path.join(project.folder, "wrapper"), 0o755);
    const { stdout } = expectSame(project, [path.join(project.folder, "wrapper"), "a"]);
    expect(stdout).toBe("lib\ta\n");
    expect([project.lines("main.lua"), project.lines("lib/lib.lua")]).toEqual([{ 1: 1 }, { 1: 1 }]);
  });

  testWith(lua)(`${lua} measures large scripts and such of one word`, () => {
    const functions = Array.from(
      { length: 300 },
      (_, index) =>
        `function F${index}(a) local b = { x${index} = "s${index}" } return b.x${index} .. a end\n`,
    );
    const project = makeProject({
      "large.lua": `print "begins"\n${functions.join("")}`,
      "small.lua": "return",
      "main.lua": `local t = {\n${functions.map((_, index) => `  key${index} = "value ${index}",\n`).join("")}}\nprint(t.key7)\n`,
    });
    for (const script of ["large.lua", "small.lua", "main.lua"]) {
      expectSame(project, [lua, script]);
      expect(project.lines(script), script).toMatchObject({ 1: 1 });
    }
  });

  testWith(lua)(
    `${lua} runs what the user has set in LUA_INIT first, also from a file and for one version`,
    () => {
      const version =
        { "lua5.2": "_5_2", "lua5.3": "_5_3", "lua5.4": "_5_4", "lua5.5": "_5_5" }[lua as string] ?? "";
      const project = makeProject({
        "main.lua": `print(x, package.loaded.start)\n`,
        "start.lua": `x = "file" print(debug.traceback "in init")\n`,
      });
      const cases = [
        { LUA_INIT: `x = "text" print(debug.getinfo(1, "S").short_src)` },
        { LUA_INIT: "@start.lua" },
        { LUA_INIT: "@start.lua", [`LUA_INIT${version}`]: `x = "versioned"` },
        { LUA_INIT: `error "in init"` },
        { LUA_INIT: "x = = 1" },
        { LUA_INIT: "@nowhere.lua" },
        { LUA_INIT: "" },
      ];
      for (const user of cases) {
        const plain = project.plain([lua, "main.lua"], user);
        const own = Object.fromEntries(
          Object.entries(user).map(([name, value]) => [`LUACOV_TS_USER_${name.slice(4)}`, value]),
        );
        const versioned =
          version === "" ? {} : { [`LUA_INIT${version}`]: project.environment.LUA_INIT ?? "" };
        const measured = project.run([lua, "main.lua"], { ...own, ...versioned });
        const hasTraceback = /^(lua5.1|luajit)$/.test(lua);
        if (hasTraceback && /error|= =|nowhere/.test(user.LUA_INIT)) {
          expect(measured.stderr.split("\n")[0]).toBe(plain.stderr.split("\n")[0]);
          continue;
        }
        expect(withoutPlaces(measured), JSON.stringify(user)).toEqual(withoutPlaces(plain));
      }
    },
  );
}

/** Tail calls and what is above them are told in tracebacks of LUA_INIT alone. */
function withoutPlaces<Result extends { stdout: string; stderr: string }>(ran: Result): Result {
  const plain = (text: string) => text.replace(/0x[\da-f]+/g, "0x").replace(/\n\t\(\.*tail call.*\).*/g, "");
  return { ...ran, stdout: plain(ran.stdout), stderr: plain(ran.stderr) };
}
