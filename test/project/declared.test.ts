import { expect, test } from "vitest";
import { readRockspecFile } from "../../src/engine/fengari/configuration/rockspecFile.js";
import { declaredIn } from "../../src/project/read/declared.js";
import { type Files, makeProject } from "../support/project.js";

const rockspec = (text: string): Files => ({ "a-1.0-1.rockspec": text });

/** The Lua that a project is for, by what other tools are told. */
const versions: readonly (readonly [files: Files, version: string | null])[] = [
  [rockspec('dependencies = { "lua >= 5.1", "lpeg" }'), null],
  [rockspec('dependencies = { "lua >= 5.1, < 5.2" }'), "5.1"],
  [rockspec('dependencies = { "lua ~> 5.2" }'), "5.2"],
  [rockspec('dependencies = { "lua == 5.4" }'), "5.4"],
  [rockspec('dependencies = { "lua 5.3" }'), "5.3"],
  [rockspec('dependencies = { "lua > 5.3, <= 5.4" }'), "5.4"],
  [rockspec('dependencies = { "luafilesystem" }'), null],
  [{ ".luarc.json": '{ // comment\n "runtime.version": "LuaJIT" }' }, "LuaJIT"],
  [{ ".luarc.json": { runtime: { version: "Lua 5.4" } } }, "5.4"],
  [{ ".luarc.json": { "Lua.runtime.version": "Lua 5.2" } }, "5.2"],
  [{ "tsconfig.json": { tstl: { luaTarget: "JIT" } } }, "LuaJIT"],
  [{ "tsconfig.json": { tstl: { luaTarget: "universal" } } }, null],
  [{ "tsconfig.json": { compilerOptions: { target: "ES2022" } } }, null],
  [{}, null],
];

test.for(versions)("%j is for %s", async ([files, version]) => {
  expect((await declaredIn(makeProject(files))).version?.version ?? null).toBe(version);
});

test("modules and rocks of the newest rockspec", async () => {
  const folder = makeProject({
    "a-1.9-1.rockspec": "build = { modules = { old = 'old.lua' } }",
    "a-1.10-1.rockspec": `
      local name = ("%s-%s"):format("a", "b")
      dependencies = { "lua >= 5.1", "penlight ~> 1.0" }
      test_dependencies = { "luaunit" }
      build = { modules = {
        a = "src/a.lua", ["a.core"] = "csrc/core.c", ["a.more"] = { "csrc/x.c", "csrc/y.c" },
        ["a.zip"] = { sources = { "csrc/zip.c" }, libraries = { "z" } },
      } }`,
  });
  expect(await declaredIn(folder)).toMatchObject({
    files: [{ name: "a-1.10-1.rockspec", says: "4 modules, lua >= 5.1" }],
    modules: { a: "src/a.lua", "a.core": "csrc/core.c", "a.more": "csrc/x.c", "a.zip": "csrc/zip.c" },
    rocks: ["penlight", "luaunit"],
  });
});

/** A rockspec is no program: it reaches nothing, and does not last. */
const refused: readonly (readonly [text: string, reason: string])[] = [
  ["x = = 1", "line 1: unexpected symbol near '='"],
  ["os.exit(1)", "line 1: attempt to index a nil value (global 'os')"],
  ["print 'a'", "line 1: attempt to call a nil value (global 'print')"],
  ["x = ('x'):rep(1e9)", "line 1: attempt to call a nil value (method 'rep')"],
  ["while true do end", "it runs longer than 0.05 s"],
];

test.for(refused)("of %s it is said: %s", ([text, reason]) => {
  expect(readRockspecFile(Buffer.from(text), 50)).toEqual({ ok: false, reason });
});

test("a table of a rockspec that holds itself ends somewhere", () => {
  const read = readRockspecFile(Buffer.from("a = {} a.a = a b = { 1, true, x = { 'y' } }"), 1000);
  expect(read.ok && read.fields.b).toEqual({ 1: 1, 2: true, x: { 1: "y" } });
});
