import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import type { LuaVersion } from "../../src/source/dialect.js";
import { parse } from "../../src/source/syntax.js";
import { render } from "../oracle/generated/render.js";
import { programs } from "../oracle/generated/tree.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { type Lua, mayCrash, run, runProbed } from "./run.js";

const prelude = path.join(import.meta.dirname, "talkative.lua");
const numRuns = Number(process.env.RUNS ?? 40);

const versions: readonly (readonly [Lua, LuaVersion])[] = [
  ["lua5.1", "5.1"],
  ["lua5.2", "5.2"],
  ["lua5.3", "5.3"],
  ["lua5.4", "5.4"],
  ["luajit", "LuaJIT"],
];

for (const [lua, version] of versions) {
  testWith(lua)(`in ${lua} messages and tracebacks are those of the plain text`, () => {
    const folder = makeFolder({});
    let number = 0;
    let told = 0;
    const property = fc.property(programs, (program) => {
      const file = path.join(folder, `${number++}.lua`);
      writeFileSync(file, render(program, prelude));
      const source = readFileSync(file);
      if (!parse(source, version).ok || mayCrash(source, lua)) return;
      const { status, output } = runProbed(lua, [file]);
      expect({ status, output }).toEqual({ ...run(lua, file), status: 0 });
      told += output.split("\n").length;
    });
    fc.assert(property, { numRuns });
    expect(told).toBeGreaterThan(numRuns);
  });
}
