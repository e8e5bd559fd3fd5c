import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { parse } from "../../src/source/syntax.js";
import { render } from "../oracle/generated/render.js";
import { programs } from "../oracle/generated/tree.js";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { luas, mayCrash, run, runProbed, runsIn, versionOf } from "./run.js";

const prelude = path.join(import.meta.dirname, "talkative.lua");
const numRuns = runsOf(30);

for (const lua of luas) {
  testWith(lua)(`in ${lua} messages and tracebacks are those of the plain text`, () => {
    const folder = makeFolder({});
    let number = 0;
    let told = 0;
    const property = fc.property(programs, (program) => {
      const file = path.join(folder, `${number++}.lua`);
      writeFileSync(file, render(program, prelude));
      const source = readFileSync(file);
      if (!parse(source, versionOf(lua)).ok || mayCrash(source, lua)) return;
      const { status, output } = runProbed(lua, [file]);
      expect({ status, output: withoutAgent(output) }).toEqual({ ...run(lua, file), status: 0 });
      told += output.split("\n").length;
    });
    fc.assert(property, { numRuns: runsIn(lua, numRuns) });
    expect(told).toBeGreaterThan(runsIn(lua, numRuns));
  });
}

/** Where the agent's `load` refuses an argument in the words of Lua's own, two levels more are on the stack. */
function withoutAgent(output: string): string {
  return output.replaceAll(
    /\[C\]: in function 'error'\n\t\S+\/agent\/loading\.lua:\d+: (?=in function 'load')/g,
    "[C]: ",
  );
}
