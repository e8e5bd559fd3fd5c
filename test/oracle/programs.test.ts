import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, expect } from "vitest";
import { testWith } from "../support/tools.js";
import { compareCounts } from "./counts.js";
import { oracleLines, visitedLines } from "./lines.js";
import { measureProgram } from "./ours.js";

const folder = path.join(import.meta.dirname, "programs");
const programs = readdirSync(folder);
const compared = { files: 0, statements: 0, functions: 0, branches: 0 };

testWith("lua5.3", "the packages in .ci/run").for(programs)("lua5.3 and ours agree on %s", (name) => {
  const program = path.join(folder, name);
  const { message, hits, coverage, notices } = measureProgram(program);
  expect(message).toBe("");
  expect(notices).toEqual([]);
  expect(visitedLines(hits)).toEqual(oracleLines(program));
  for (const { differences, ...sizes } of compareCounts(program, coverage)) {
    expect(differences).toEqual([]);
    compared.files++;
    compared.statements += sizes.statements;
    compared.functions += sizes.functions;
    compared.branches += sizes.branches;
  }
});

afterAll(() => console.log("compared with probes:", JSON.stringify(compared)));
