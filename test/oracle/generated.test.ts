import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { runsOf } from "../support/runs.js";
import { testWith } from "../support/tools.js";
import { compareCounts } from "./counts.js";
import { render } from "./generated/render.js";
import { programs } from "./generated/tree.js";
import { oracleLines, visitedLines } from "./lines.js";
import { measureProgram } from "./ours.js";

const prelude = path.join(import.meta.dirname, "generated", "prelude.lua");

testWith("lua5.3")("lua5.3 and ours agree on generated programs", () => {
  let number = 0;
  const folder = makeFolder({});
  const property = fc.property(programs, (program) => {
    const file = path.join(folder, `${number++}.lua`);
    writeFileSync(file, render(program, prelude));
    const { message, hits, coverage, notices } = measureProgram(file);
    expect({ message, notices }).toEqual({ message: "", notices: [] });
    expect(visitedLines(hits)).toEqual(oracleLines(file));
    const differences = compareCounts(file, coverage).flatMap((each) => each.differences);
    expect(differences).toEqual([]);
  });
  fc.assert(property, { numRuns: runsOf(120) });
});
