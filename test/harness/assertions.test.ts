import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect } from "vitest";
import { testWithLua } from "../host/compare.js";
import { differences, runBoth } from "./assertions/compare.js";

const programs = path.join(import.meta.dirname, "assertions");
const position = /<program>:(\d+): /;

describe("our assertions and luassert say the same", () => {
  for (const program of readdirSync(programs).filter((each) => each.endsWith(".lua"))) {
    testWithLua(program, () => {
      const both = runBoth(path.join(programs, program));
      expect(Object.keys(both.theirs).length).toBeGreaterThan(30);
      expect(differences(both)).toEqual({});
    });
  }
});

testWithLua("where luassert names a line of its own, ours is the user's", () => {
  const program = path.join(programs, "misuse.lua");
  const lines = readFileSync(program, "utf8").split("\n");
  const { ours } = runBoth(program);
  for (const [name, text] of Object.entries(ours)) {
    const line = Number(position.exec(text)?.[1] ?? Number.NaN);
    expect(lines[line - 1], name).toContain(`try("${name}", `);
  }
});
