import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { parse } from "../../src/source/syntax.js";
import { textOf } from "../oracle/ast.js";
import { compare } from "../oracle/compare.js";
import { type Program, render } from "../oracle/generated/render.js";
import { programs } from "../oracle/generated/tree.js";
import { measureProgram } from "../oracle/ours.js";
import { insertProbes as insertOracle } from "../oracle/probes.js";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { differences } from "./compare.js";
import { luas, mayCrash, runOracle, runProbed, runsIn, versionOf } from "./run.js";

const prelude = path.join(import.meta.dirname, "../oracle/generated/prelude.lua");
const numRuns = runsOf(40);

testWith("lua5.3")("the hook and probes in lua5.3 agree on generated programs", () => {
  const write = writer();
  const property = fc.property(programs, (program) => {
    const file = write(program);
    const { message, coverage } = measureProgram(file);
    expect(message).toBe("");
    const probed = runProbed("lua5.3", [file, prelude]);
    expect(probed).toMatchObject({ status: 0, output: "" });
    const found = [file, prelude].flatMap((each) => {
      const [hook, probes] = [coverage[each], probed.coverage[each]];
      if (hook === undefined || probes === undefined) throw new Error(`${each} is not measured`);
      return differences(hook, probes);
    });
    expect(found).toEqual([]);
  });
  fc.assert(property, { numRuns });
});

for (const lua of luas.filter((each) => each !== "lua5.3")) {
  testWith(lua)(`probes and the oracle's probes agree in ${lua} on generated programs`, () => {
    const write = writer();
    let compared = 0;
    const property = fc.property(programs, (program) => {
      const file = write(program);
      const source = readFileSync(file);
      if (!parse(source, versionOf(lua)).ok || mayCrash(source, lua)) return;
      compared++;
      const text = textOf(source);
      const oracle = insertOracle(text, 0);
      const counts = runOracle(lua, file, portable(oracle.text));
      const probed = runProbed(lua, [file]);
      expect(probed).toMatchObject({ status: 0, output: "" });
      const coverage = probed.coverage[file];
      if (coverage === undefined) throw new Error("not measured");
      expect(compare(coverage, text, oracle, counts).differences).toEqual([]);
    });
    fc.assert(property, { numRuns: runsIn(lua, numRuns) });
    expect(compared).toBeGreaterThan(runsIn(lua, numRuns) / 20);
  });
}

function writer(): (program: Program) => string {
  const folder = makeFolder({});
  let number = 0;
  return (program) => {
    const file = path.join(folder, `${number++}.lua`);
    writeFileSync(file, folding(render(program, prelude)));
    return file;
  };
}

/** Arithmetic without an exact result is a constant by its syntax, and none for Lua 5.3's compiler. */
function folding(text: string): string {
  return text.replaceAll(/1\/0|0\/0|1 \/\/ 0\.0|1 - 1\.0/g, "2 + 3");
}

/** Lua 5.1 and LuaJIT have no empty statements. */
function portable(text: string): string {
  return text.replaceAll(/;(\(true\):p\(\d+\));/g, " if $1 then end ");
}
