import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

test("a test that is to run in its own folder says so, and runs there", async () => {
  const folder = makeFolder({
    "sum.lua": "return function(a, b) return a + b end\n",
    "test/sum.lua": 'local sum = loadfile("../sum.lua")()\nassert(sum(1, 2) == 3)\n',
    "test/other.lua": "assert(false)\n",
  });
  const { code, stderr } = await runCli(folder, ["--reporter", "none"]);
  expect([code, stderr]).toEqual([
    1,
    "WARNING: test/sum.lua opens ../sum.lua, which is there only where test is the current folder: run it in that: cd test && luacov-ts --cwd .. sum.lua\n",
  ]);
  const there = await runCli(path.join(folder, "test"), [
    "--cwd",
    "..",
    "--reporter",
    "text-lcov",
    "sum.lua",
  ]);
  expect([there.code, there.stdout]).toEqual([0, expect.stringContaining("SF:sum.lua")]);
});
