import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/index.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { makeProject } from "../support/project.js";
import { type ToolName, testWith, toolPath } from "../support/tools.js";
import { type Kind, kinds } from "./kinds.js";

const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));
const written = "luacov-ts.config.jsonc";

/** What a machine has that finds just these Luas on its path. */
function machineWith(...luas: readonly ToolName[]): { readonly PATH: string } {
  const folder = makeFolder({});
  for (const name of luas) symlinkSync(toolPath(name), path.join(folder, name));
  return { PATH: folder };
}

/** What `init` writes, by lines; null for nothing. And which sources the run covers that comes next. */
interface Expected {
  readonly config: readonly string[] | null;
  readonly covered: readonly string[];
}

const embedded: Partial<Record<Kind, Expected>> = {
  "specs with .busted": { config: null, covered: ["lib/stack.lua"] },
  LuaUnit: {
    config: [
      "  // test/helper.lua: there for tests, and none itself.",
      '  "tests": ["!test/helper.lua"],',
      '  // require "stack" means lib/stack.lua.',
      '  "luaPath": ["lib/?.lua"],',
      "  // vendor/**: not written in this project.",
      '  "exclude": ["vendor/**"]',
    ],
    covered: ["lib/stack.lua"],
  },
  scripts: {
    config: [
      "  // test/fixtures/**: there for tests, and none itself.",
      '  "tests": ["!test/fixtures/**"],',
      '  // require "util" means src/util.lua.',
      '  "luaPath": ["src/?.lua"]',
    ],
    covered: ["src/util.lua"],
  },
  "a LÖVE game": { config: null, covered: ["game/world.lua"] },
  "a checksum": {
    config: [
      "  // spec/sum_spec.lua may need integers of more than 32 bits (0x100000000 in src/sum.lua), which",
      "  // fengari does not have.",
      '  "lua": ["5.3"]',
    ],
    covered: ["src/sum.lua"],
  },
  TypeScriptToLua: {
    config: [
      "  // Tests are not in test, tests or spec, but as out/**/*.test.lua.",
      '  "tests": ["out/**/*.test.lua"],',
      '  // require "counter" means out/counter.lua.',
      '  "luaPath": ["out/?.lua"],',
      "  // tsconfig.json says Lua 5.4.",
      '  "lua": ["5.4"]',
    ],
    covered: ["out/counter.lua"],
  },
  "a mixed JavaScript repository": {
    config: [
      "  // .nycrc.json is for JavaScript: it lets no Lua file through, and is not read where this file is.",
      '  "extension": [".lua"],',
      "  // Tests are not in test, tests or spec, but as scripts/**/*_spec.lua.",
      '  "tests": ["scripts/**/*_spec.lua"],',
      '  // require "limits" means scripts/limits.lua.',
      '  "luaPath": ["scripts/?.lua"]',
    ],
    covered: ["scripts/limits.lua"],
  },
};

/** Whether what `init` writes is what is expected, and runs, and leaves `doctor` nothing to say. */
async function expectSettled(folder: string, { config, covered }: Expected, environment: { PATH: string }) {
  const init = await runCli(folder, ["init"], environment);
  expect([init.code, init.stderr]).toEqual([0, ""]);
  const file = path.join(folder, written);
  if (config === null) expect(existsSync(file)).toBe(false);
  else expect(readFileSync(file, "utf8").split("\n")).toEqual(["{", ...config, "}", ""]);
  const run = await runCli(folder, ["--reporter", "text-lcov"], environment);
  expect([run.code, run.stderr]).toEqual([0, ""]);
  expect(Array.from(run.stdout.matchAll(/^SF:(.*)$/gm), ([, name]) => name)).toEqual(covered);
  expect((await runCli(folder, ["doctor"], environment)).code).toBe(0);
}

test.for(Object.entries(embedded))("%s: what init writes runs", async ([kind, expected]) => {
  const files = Object.entries(kinds).find(([name]) => name === kind)?.[1] ?? {};
  await expectSettled(makeProject(files), expected, machineWith());
});

testWith("lua5.4", "lua-cjson")("a rockspec with modules in C: what init writes runs", async () => {
  const config = [
    "  // spec/vec_spec.lua needs a module in C (cjson in lua/vec.lua), which fengari does not have.",
    '  "lua": ["lua5.4"]',
  ];
  const folder = makeProject(kinds["a rockspec with modules in C"]);
  await expectSettled(folder, { config, covered: ["lua/vec.lua"] }, machineWith("lua5.4"));
});

testWith("nvim")("a Neovim plugin: what init writes runs", async () => {
  const config = [
    '  // require "greet" means lua/greet/init.lua.',
    '  "luaPath": ["lua/?.lua", "lua/?/init.lua"],',
    "  // tests/greet_spec.lua may need Neovim (vim in lua/greet/init.lua), which fengari does not have.",
    '  "lua": ["nvim"]',
  ];
  const { PATH = "" } = process.env;
  await expectSettled(
    makeProject(kinds["a Neovim plugin"]),
    { config, covered: ["lua/greet/init.lua"] },
    { PATH },
  );
});

test.for([
  ["an OpenResty library", "resty", ["lib/?.lua"], "OpenResty"],
  ["a Neovim plugin", "nvim", ["lua/?.lua", "lua/?/init.lua"], "Neovim"],
] as const)("%s where %s is not: the configuration is for it, and the rest is said", async (each) => {
  const [kind, lua, luaPath, product] = each;
  const folder = makeProject(kinds[kind]);
  const init = await runCli(folder, ["init"], machineWith());
  expect(init.code).toBe(1);
  expect(init.stdout.replace(/\s+/g, " ")).toContain(
    `1. The tests are to run in ${lua}, which is not on this machine. Install ${product}.`,
  );
  expect(await loadConfig({ cwd: folder })).toMatchObject({ lua: [lua], luaPath });
});

test("an empty folder: the commands that are told make a first test that passes", async () => {
  const folder = makeProject(kinds["an empty folder"]);
  const { code, stdout } = await runCli(folder, ["init"], machineWith());
  expect([code, existsSync(path.join(folder, written))]).toEqual([1, false]);
  const commands = stdout.split("\n").filter((line) => line.startsWith("       "));
  const script = commands.join("\n").replace(/^ *luacov-ts$/m, `"${process.execPath}" "${bin}"`);
  const output = execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  expect([commands.length, output]).toEqual([4, expect.stringContaining("1 passed, 0 failed")]);
});

/** What depends on machines and releases. */
function plain(screen: string): string {
  return screen.replace(/^luacov-ts .*$/m, "luacov-ts      VERSION");
}

test("doctor says all on one screen", async () => {
  const screens = await Promise.all(
    (["LuaUnit", "an OpenResty library", "a LÖVE game"] as const).map(async (kind) => {
      const { stdout } = await runCli(makeProject(kinds[kind]), ["doctor"], machineWith());
      return plain(stdout);
    }),
  );
  const lines = screens.flatMap((screen) => screen.split("\n"));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(screens.join("\n")).toMatchInlineSnapshot(`
    "luacov-ts      VERSION
    Luas           embedded: fengari (5.3), 5.1 to 5.5; here: none
    Project        <folder>, the current folder
    Configuration  none
    Tests          1 file (1 of LuaUnit), in fengari: test/test_stack.lua
    Measured       2 sources: lib/stack.lua, vendor/luaunit.lua
    Left out       2 files (tests, and what is there for them)
    Would not run  test/test_stack.lua: requires stack, which is lib/stack.lua

    To do:
      1. Write a configuration:
         - test/helper.lua: there for tests, and none itself.
         - require "stack" means lib/stack.lua.
           luacov-ts init

    luacov-ts      VERSION
    Luas           embedded: fengari (5.3), 5.1 to 5.5; here: none
    Project        <folder>, the current folder
    Configuration  none
    Tests          1 file (1 spec), in fengari: spec/limit_spec.lua
    Measured       1 source: lib/resty/limit.lua
    Left out       1 file (tests, and what is there for them)
    Would not run  spec/limit_spec.lua: needs OpenResty (ngx in
                   lib/resty/limit.lua), which fengari does not have

    To do:
      1. Write a configuration:
         - require "resty.limit" means lib/resty/limit.lua.
         - spec/limit_spec.lua needs OpenResty (ngx in lib/resty/limit.lua), which
           fengari does not have. resty is not on this machine.
           luacov-ts init
      2. The tests are to run in resty, which is not on this machine. Install
         OpenResty.

    luacov-ts      VERSION
    Luas           embedded: fengari (5.3), 5.1 to 5.5; here: none
    Project        <folder>, the current folder
    Configuration  none
    Tests          1 file (1 script), in fengari: tests/world.lua
    Measured       3 sources: conf.lua, game/world.lua, main.lua
    Left out       1 file (tests, and what is there for them)
    May not run    tests/world.lua: may need LÖVE (love in game/world.lua), which
                   fengari does not have: have the test make the table love that it
                   needs, or measure the game as it runs: luacov-ts cover -- love .

    Nothing to mend. Next:
           luacov-ts
    "
  `);
});
