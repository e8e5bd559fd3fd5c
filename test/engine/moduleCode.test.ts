import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const files = {
  "src/m.lua": "return function(x) return x + 1 end\n",
  "test/m.lua": "print(require 'src.m'(2))\n",
};

async function ran(folder: string): Promise<string> {
  const { code, stdout, stderr } = await runCli(folder, ["--reporter", "text", "test"]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

test("a run with the code of fengari that an earlier one has kept is as one without, and so is one with what is damaged", async () => {
  const folder = makeFolder(files);
  mkdirSync(path.join(folder, "node_modules"));
  const first = await ran(folder);
  const [kept = ""] = readdirSync(path.join(folder, "node_modules/.cache/luacov-ts/modules"), {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => /[\da-f]{32}$/.test(name));
  const file = path.join(folder, "node_modules/.cache/luacov-ts/modules", kept);
  const content = readFileSync(file);
  expect(await ran(folder)).toBe(first);
  expect(readFileSync(file)).toEqual(content);
  writeFileSync(file, content.subarray(0, content.length / 2));
  expect(await ran(folder)).toBe(first);
  expect(readFileSync(file).length).toBeGreaterThan(content.length / 2);
  expect(await ran(folder)).toBe(first);
});
