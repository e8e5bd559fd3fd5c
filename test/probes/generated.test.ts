import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { render } from "../oracle/generated/render.js";
import { programs } from "../oracle/generated/tree.js";
import { measureProgram } from "../oracle/ours.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { differences } from "./compare.js";
import { runProbed } from "./run.js";

const prelude = path.join(import.meta.dirname, "../oracle/generated/prelude.lua");

testWith("lua5.3")("the hook and probes in lua5.3 agree on generated programs", () => {
  let number = 0;
  const folder = makeFolder({});
  const property = fc.property(programs, (program) => {
    const file = path.join(folder, `${number++}.lua`);
    writeFileSync(file, folding(render(program, prelude)));
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
  fc.assert(property, { numRuns: Number(process.env.RUNS ?? 100), endOnFailure: process.env.QUICK === "1" });
});

/** Arithmetic without an exact result is a constant by its syntax, and none for Lua 5.3's compiler. */
function folding(text: string): string {
  return text.replaceAll(/1\/0|0\/0|1 \/\/ 0\.0|1 - 1\.0/g, "2 + 3");
}
