import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { packagePath } from "../oracle/native.js";
import { measureProgram } from "../oracle/ours.js";
import { testWith } from "../support/tools.js";
import { differences } from "./compare.js";
import { runProbed } from "./run.js";

const folder = path.join(import.meta.dirname, "../oracle/programs");
const programs = readdirSync(folder);
const ordered = path.join(import.meta.dirname, "../oracle/ordered.lua");

testWith("lua5.3", "the packages in .ci/run").for(programs)(
  "the hook and probes in lua5.3 agree on %s",
  (name) => {
    const program = path.join(folder, name);
    const { message, coverage } = measureProgram(program);
    expect(message).toBe("");
    // A sort whose input has no order.
    const files = Object.keys(coverage).filter((file) => file !== program && file !== ordered);
    const probed = runProbed("lua5.3", [program, ...files], { LUA_PATH: packagePath });
    expect(probed.status, probed.output).toBe(0);
    const found = [program, ...files].flatMap((file) => {
      const [hook, probes] = [coverage[file], probed.coverage[file]];
      if (hook === undefined || probes === undefined) throw new Error(`${file} is not measured`);
      return differences(hook, probes).map((each) => `${file} ${each}`);
    });
    expect(found).toEqual([]);
  },
);
