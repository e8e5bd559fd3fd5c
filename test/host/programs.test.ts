import path from "node:path";
import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { expectSame, runBoth } from "./compare.js";

const programs = path.join(import.meta.dirname, "programs");

testWith("lua5.3", "penlight")("Penlight's modules about files and programs do the same", () => {
  expectSame(path.join(programs, "penlight.lua"));
});

testWith("lua5.3", "luaunit")("LuaUnit writes the same in every format", () => {
  const { theirs, ours } = runBoth(path.join(programs, "unit_outputs.lua"));
  expect(theirs.stdout).toContain("<testsuites>");
  expect({ ...ours, stdout: withoutTimes(ours.stdout) }).toEqual({
    ...theirs,
    stdout: withoutTimes(theirs.stdout),
  });
});

function withoutTimes(text: string): string {
  return text
    .replace(/\b\d+\.\d+( seconds)/g, "N$1")
    .replace(/(time|duration)="[^"]*"/g, '$1="N"')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g, "<date>")
    .replace(/Started on .*/g, "Started on <date>");
}
