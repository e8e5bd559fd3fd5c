import { expect, test } from "vitest";
import { runsTests } from "../../src/cli/start.js";
import { typedCommands } from "../../src/config/commands/commandNames.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

test.each([
  [[]],
  [["test/**/*.lua"]],
  [["test", "--reporter", "text", "--by-test"]],
  [["-t", "slow", "spec/a_spec.lua:12"]],
  [["report_test.lua"]],
  [["tests"]],
])("%j are tests for the Lua that runs where nobody says which", (argv) => {
  expect(runsTests(argv)).toBe(true);
});

test.each([
  ...typedCommands.filter((command) => command !== "tests").map((command) => [command]),
  ["__complete", ""],
  ["--lua", "luajit", "test"],
  ["test", "--lua=5.4"],
  ["--max-memory", "100"],
  ["--cwd", "lib", "test"],
  ["-C", "lib"],
  ["--directory=lib"],
  ["--nycrc-path", "x.json"],
  ["--no-color"],
  ["--list"],
  ["-ql"],
  ["-h"],
  ["--help"],
  ["-v"],
  ["-j", "1", "cover", "make"],
  ["--version"],
])("%s … may be something else", (...argv) => {
  expect(runsTests(argv)).toBe(false);
});

test("who is wrong has started a worker for nothing, and is told what is wrong", async () => {
  const { code, stdout, stderr } = await runCli(makeFolder({}), ["--nonsense"]);
  expect([code, stdout, stderr]).toEqual([
    2,
    "",
    "ERROR: Unknown option '--nonsense'; see luacov-ts --help\n",
  ]);
});
