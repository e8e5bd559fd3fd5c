import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { makeMutationProject } from "./project.js";

const files = {
  "src/sign.lua": `
return function(number)
  if number < 0 then return "negative" end
  return "positive"
end`,
  "spec/sign_spec.lua": `
local sign = require "src.sign"
it("tells minus one", function() assert.equal("negative", sign(-1)) end)
it("tells one", function() assert.equal("positive", sign(1)) end)`,
};

/** Two mutants that do not end are enough to be met by a signal. */
const endless = {
  ...files,
  "src/loop.lua": "return function(n) while n > 0 do n = n - 1 end end",
  "spec/loop_spec.lua": 'it("ends", function() require("src.loop")(3) end)',
};

test("the score fails a run below its threshold, for the terminal and for programs", async () => {
  const folder = makeMutationProject(files);
  const { code, stdout, stderr } = await runCli(folder, ["mutate", "--mutation-score", "95"]);
  expect([code, stderr.split("\n").at(-2)]).toEqual([
    1,
    "ERROR: The mutation score (80.00%) does not meet its threshold (95%)",
  ]);
  expect(stdout).toContain("src/sign.lua:3:13 EqualityOperator: < became <= (survived)");
  const json = await runCli(folder, [
    "mutate",
    "--json",
    "--mutation-score",
    "80",
    "--mutation-reporter",
    "text",
  ]);
  expect([json.code, json.stderr]).toEqual([0, ""]);
  expect(Object.keys(JSON.parse(json.stdout).files)).toEqual(["src/sign.lua"]);
  expect(readdirSync(folder).toSorted()).toEqual(["coverage", "node_modules", "spec", "src"]);
});

test("a configuration has the threshold and the kinds; --list runs nothing", async () => {
  const configuration = { mutators: "StringLiteral,EqualityOperator", "mutation-score": 100 };
  const folder = makeMutationProject({ ...files, ".nycrc.json": configuration });
  const { code, stdout } = await runCli(folder, ["mutate", "--list", "--json"]);
  expect(code).toBe(0);
  const listed: readonly { readonly id: string; readonly replacement: string }[] = JSON.parse(stdout);
  expect(listed.map(({ id, replacement }) => `${id} ${replacement}`)).toEqual([
    "src/sign.lua:3:13 EqualityOperator <=",
    "src/sign.lua:3:13 EqualityOperator 2 >=",
    'src/sign.lua:3:29 StringLiteral ""',
    'src/sign.lua:4:10 StringLiteral ""',
  ]);
  expect((await runCli(folder, ["mutate", "--quiet"])).stderr).toContain(
    "does not meet its threshold (100%)",
  );
});

test.for(["SIGINT", "SIGKILL"] as const)(
  "after %s no copy is left, at the latest by the next run",
  async (signal) => {
    const folder = makeMutationProject(endless);
    const environment = { TMPDIR: makeFolder({}) };
    const child = startCli(folder, ["mutate", "--jobs", "1", "src/loop.lua"], environment);
    const started = new Promise<void>((resolve) => {
      child.stderr.on("data", (text: Buffer) => {
        if (/mutants to run/.test(text.toString())) resolve();
      });
    });
    child.stdout.resume();
    await started;
    child.kill(signal);
    expect(await exitCode(child)).toBe(signal === "SIGINT" ? 130 : -1);
    if (signal === "SIGINT") expect(readdirSync(environment.TMPDIR)).toEqual([]);
    const { code, stdout } = await runCli(folder, ["mutate", "src/sign.lua"], environment);
    expect(code).toBe(0);
    expect(stdout).toContain("Mutation score: 80.00 %");
    expect(readdirSync(environment.TMPDIR)).toEqual([]);
    expect(readFileSync(path.join(folder, "src/sign.lua"), "utf8")).toBe(files["src/sign.lua"]);
  },
);
