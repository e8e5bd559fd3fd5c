import { appendFileSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Options } from "luacov-ts";
import { expect } from "vitest";
import { makeProject } from "../support/project.js";
import { type ToolName, testWith, toolPath } from "../support/tools.js";
import { reasonsIn, runChanged } from "./changedRun.js";

const specs = {
  "spec/known_spec.lua": 'it("known", function() assert.equal("[1]", require("cjson").encode { 1 }) end)\n',
  "spec/fails_spec.lua": 'it("fails", function() assert.is_false((pcall(require, "mymod"))) end)\n',
  "spec/part_spec.lua": 'it("part", function() assert.is_false((pcall(require, "mymod.part"))) end)\n',
  "spec/absent_spec.lua": 'it("absent", function() assert.is_false((pcall(require, "later"))) end)\n',
  "spec/loadlib_spec.lua":
    'it("loadlib", function() assert.is_nil((package.loadlib("./clib/own.so", "luaopen_own"))) end)\n',
  "spec/lua_spec.lua": 'it("lua", function() assert.equal(1, require "src.one") end)\n',
  "src/one.lua": "return 1\n",
};

function project(): { readonly folder: string; readonly at: (name: string) => string } {
  const folder = makeProject(specs);
  mkdirSync(path.join(folder, "clib"));
  const at = (name: string) => path.join(folder, "clib", name);
  for (const name of ["mymod.so", "own.so"]) writeFileSync(at(name), "no library");
  return { folder, at };
}

/** What was tried to be loaded counts as loaded, as it may have run. */
const anyway: Readonly<Record<string, string>> = {
  fails: "loads mymod, which may read what nobody can follow",
  part: "loads mymod.part, which",
  loadlib: "loads ./clib/own.so, which",
};

async function checkLibraries(lua: string, options: Options): Promise<void> {
  const { folder, at } = project();
  const known = { folder, lua };
  const pattern = { luaCpath: ["clib/?.so"], ...options };
  copyFileSync(toolPath("lua-cjson"), at("cjson.so"));
  await runChanged(known, ".kept", pattern);
  const steady = reasonsIn(await runChanged(known, ".kept", pattern));
  expect(Object.keys(steady).sort()).toEqual(Object.keys(anyway).sort());
  for (const [name, reason] of Object.entries(anyway)) expect(steady[name]?.join("; ")).toContain(reason);
  appendFileSync(at("cjson.so"), "more");
  writeFileSync(at("later.so"), "no library");
  writeFileSync(at("own.so"), "another");
  const touched = reasonsIn(await runChanged(known, ".kept", pattern));
  expect(Object.keys(touched).sort()).toEqual(["absent", "known", ...Object.keys(anyway)].sort());
  expect(touched.known).toEqual(["clib/cjson.so, which it reads, has changed"]);
  expect(touched.absent).toEqual(["clib/later.so, which it looked for in vain, is there now"]);
  expect(touched.loadlib).toContain("clib/own.so, which it reads, has changed");
  rmSync(at("cjson.so"));
  const gone = reasonsIn(await runChanged(known, ".kept", pattern));
  expect(gone.known).toContain("clib/cjson.so, which it reads, is gone");
}

testWith("lua5.4", "lua-cjson")("libraries in C that specs load", () => checkLibraries("lua5.4", {}), 60_000);
testWith("lua5.4", "lua-cjson", "busted")(
  "libraries in C that specs load under busted",
  () => checkLibraries("lua5.4", { framework: "busted" }),
  60_000,
);

for (const lua of ["lua5.1", "luajit"] as const satisfies readonly ToolName[])
  testWith(lua)(
    `libraries in C that specs load in ${lua}`,
    async () => {
      const { folder, at } = project();
      const known = { folder, lua };
      rmSync(path.join(folder, "spec/known_spec.lua"));
      const options = { luaCpath: ["clib/?.so"] };
      await runChanged(known, ".kept", options);
      writeFileSync(at("later.so"), "no library");
      const touched = reasonsIn(await runChanged(known, ".kept", options));
      expect(Object.keys(touched).sort()).toEqual(["absent", ...Object.keys(anyway)].sort());
      for (const [name, reason] of Object.entries(anyway))
        expect(touched[name]?.join("; ")).toContain(reason);
    },
    60_000,
  );
