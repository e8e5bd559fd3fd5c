import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { readCoverage } from "../../src/store/read.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const bin = path.resolve(import.meta.dirname, "../../bin/luacov-ts.js");

test("run leaves a program its arguments, its streams and its exit code, and measures it", () => {
  const folder = makeFolder({
    "sum.lua": "return function(a, b)\n  if a == 0 then return b end\n  return a + b\nend",
    "program.lua": `local input = io.read "a"
      print(arg[0], #arg, ...)
      io.stderr:write("heard ", input, "\\n")
      os.exit(require "sum"(tonumber(arg[2]), 4))`,
  });
  const args = ["run", "--reporter", "none", "program.lua", "--", "--all", "3"];
  const ours = spawnSync(process.execPath, [bin, ...args], { cwd: folder, input: "you", encoding: "utf8" });
  expect([ours.status, ours.stdout, ours.stderr]).toEqual([7, "program.lua\t2\t--all\t3\n", "heard you\n"]);
  const { s, b } = readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "sum.lua")] ?? {};
  expect([s, b]).toEqual([{ 0: 1, 1: 1, 2: 0, 3: 1 }, { 0: [0, 1] }]);
});

test("the report follows what the program wrote", async () => {
  const folder = makeFolder({ "program.lua": 'print "done"' });
  const { code, stdout } = await runCli(folder, ["--reporter", "text-summary", "run", "program.lua"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^done\n[\s\S]*Statements +: 100% \( 1\/1 \)/);
});

test("a mistake is one sentence, and the exit code is 2", async () => {
  const folder = makeFolder({ "a.lua": "", "folder/b.lua": "" });
  const seeHelp = "see luacov-ts --help";
  const mistakes: readonly (readonly [args: string[], sentence: string])[] = [
    [["run"], `run takes a Lua script, as in: luacov-ts run script.lua -- arguments; ${seeHelp}`],
    [["run", "--", "a"], `run takes a Lua script, as in: luacov-ts run script.lua -- arguments; ${seeHelp}`],
    [
      ["run", "a.lua", "b", "c"],
      `run takes one script; its arguments follow "--": luacov-ts run a.lua -- b c; ${seeHelp}`,
    ],
    [["run", "none.lua"], 'There is no Lua script "none.lua" in <folder> to run'],
    [["run", "folder"], 'There is no Lua script "folder" in <folder> to run'],
  ];
  for (const [args, sentence] of mistakes) {
    expect(await runCli(folder, args)).toEqual({ code: 2, stdout: "", stderr: `ERROR: ${sentence}\n` });
  }
});
