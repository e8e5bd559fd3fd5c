import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

// Windows has neither pipes nor sockets among its files.
const unix = test.skipIf(process.platform === "win32");

/** A project in which nearly every name that somebody may look at is no file. */
async function makeSpecialProject(): Promise<string> {
  const folder = makeFolder({
    "test/t.lua": 'require "src.m"',
    "src/m.lua": "return 1\n",
    "src/n.lua": "return 2\n",
  });
  const pipes = ["x.lua", "test/pipe.lua", "src/pipe.lua", ".busted", ".nycrc", ".nycrc.json", "helper.lua"];
  mkdirSync(path.join(folder, ".nyc_output/luacov-ts"), { recursive: true });
  execFileSync("mkfifo", [...pipes, ".nyc_output/luacov-ts/tests.json"], { cwd: folder });
  mkdirSync(path.join(folder, "src/folder.lua"));
  mkdirSync(path.join(folder, "test/folder.lua"));
  for (const [target, link] of [
    ["nowhere", "src/broken.lua"],
    ["loop.lua", "src/loop.lua"],
    ["..", "src/up"],
    ["/dev/zero", "src/zero.lua"],
    ["pipe.lua", "test/link.lua"],
  ] as const) {
    symlinkSync(target, path.join(folder, link));
  }
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(folder, "src/socket.lua"), resolve));
  onTestFinished(() => {
    server.close();
  });
  return folder;
}

unix("what is no file is no source and no test, and nobody opens it", async () => {
  const folder = await makeSpecialProject();
  const { code, stdout, stderr } = await runCli(folder, [
    "--all",
    "--reporter",
    "lcovonly",
    "--reporter",
    "text-lcov",
    "--rerun-failed",
  ]);
  const doubt =
    "WARNING: The test record <folder>/.nyc_output/luacov-ts/tests.json cannot be used and is made anew: it is a FIFO, not a file\n";
  expect(stderr.startsWith(doubt)).toBe(true);
  expect([code, stdout.match(/^SF:.*/gm)]).toEqual([0, ["SF:src/m.lua", "SF:src/n.lua"]]);
  expect(stdout).toContain("\n1 passed, 0 failed\n");
});

const usage = 'give a file, a folder, or a quoted glob such as "test/**/*.lua"';

unix.for([
  [["x.lua"], `No test file matches "x.lua" in <folder>; ${usage}`],
  [["test/link.lua"], `No test file matches "test/link.lua" in <folder>; ${usage}`],
  [["src/zero.lua"], `No test file matches "src/zero.lua" in <folder>; ${usage}`],
  [["src/loop.lua"], `No test file matches "src/loop.lua" in <folder>; ${usage}`],
  [["--config-file", "x.lua"], "Cannot read the configuration <folder>/x.lua: it is a FIFO, not a file"],
  [["--nycrc-path", "x.lua"], "Cannot read the configuration <folder>/x.lua: it is a FIFO, not a file"],
  [
    ["--helper", "helper.lua", "--style", "spec"],
    "The helper helper.lua cannot be used: it is a FIFO, not a file",
  ],
  [["run", "x.lua"], 'There is no Lua script "x.lua" in <folder> to run; see luacov-ts --help'],
] as const)("%j is a mistake that is named", async ([args, message]) => {
  const folder = await makeSpecialProject();
  const { code, stderr } = await runCli(folder, args);
  expect([code, stderr.replace("; see luacov-ts --help", "")]).toEqual([
    2,
    `ERROR: ${message.replace("; see luacov-ts --help", "")}\n`,
  ]);
});

unix("a chunk that is named after a pipe, and a message that names one, open nothing", async () => {
  const folder = await makeSpecialProject();
  const program = `load("return 1", "@src/pipe.lua")()\nerror("src/pipe.lua:1: no", 0)\n`;
  execFileSync("sh", ["-c", 'printf %s "$1" > test/t.lua', "sh", program], { cwd: folder });
  const { code, stdout } = await runCli(folder, ["--reporter", "none", "--debug-files"]);
  expect([code, stdout]).toEqual([1, expect.stringContaining("src/pipe.lua:1: no")]);
});
