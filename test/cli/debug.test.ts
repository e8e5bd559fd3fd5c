import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** Arguments behind `debug`, then the one sentence on standard error. */
const mistakes: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [
    ["--sandbox", "main.lua"],
    "A debugger writes any variable of the program, which --sandbox is to hold: leave out one of the two",
  ],
  [["--jobs", "2"], "debug has no --jobs: one program is debugged at a time; see luacov-ts --help"],
  [
    ["--max-instructions", "9", "main.lua"],
    "debug has no --max-instructions: a program may stand still as long as you like; see luacov-ts --help",
  ],
  [["--watch"], "debug has no --watch: tests are run again by another session; see luacov-ts --help"],
  [
    ["--break", "other.lua:3", "main.lua"],
    '--break: There is no file "other.lua", and nothing of that name has been loaded; see luacov-ts --help',
  ],
  [["--break", "main.lua:9", "main.lua"], "--break: main.lua has 2 lines; see luacov-ts --help"],
  [
    ["--break", "main.lua:1 if", "main.lua"],
    '--break: "main.lua:1 if" is no LINE, FILE:LINE or name of a function, as in: b src/app.lua:12 if n > 3 after 2; see luacov-ts --help',
  ],
  [["--skip", "[", "main.lua"], "\"[\" cannot be used as a Lua pattern: malformed pattern (missing ']')"],
  [
    ["--listen", "0", "--break", "f", "main.lua"],
    "--break is for the terminal: with --listen, the editor says it; see luacov-ts --help",
  ],
  [
    ["--no-wait", "main.lua"],
    "--no-wait goes with --listen, as in: --listen 0 --no-wait; see luacov-ts --help",
  ],
  [
    ["--listen", "65536", "main.lua"],
    '"listen" in the given options is 65536, but must be a whole number from 0 to 65535',
  ],
  [
    ["--log", "nowhere/session.log", "main.lua"],
    "Cannot write to <folder>/nowhere/session.log: ENOENT: no such file or directory, open '<folder>/nowhere/session.log'",
  ],
];

test("a mistake is explained in one sentence, and the exit code is 2", async () => {
  const folder = makeFolder({ "main.lua": "print(1)\nprint(2)\n" });
  for (const [args, sentence] of mistakes) {
    const { code, stdout, stderr } = await runCli(folder, ["debug", ...args]);
    expect({ args, code, stdout, stderr }).toEqual({
      args,
      code: 2,
      stdout: "",
      stderr: `ERROR: ${sentence}\n`,
    });
  }
});

test("options of debug are for no other command", async () => {
  const { code, stderr } = await runCli(makeFolder({}), ["run", "--break", "f", "main.lua"]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "ERROR: --break is an option of debug, as in: luacov-ts debug --break … test/app.lua; see luacov-ts --help\n",
  );
});

test("without commands a program runs as by itself", async () => {
  const folder = makeFolder({ "main.lua": "print(...)\nos.exit(3)\n" });
  const { code, stdout, stderr } = await runCli(folder, [
    "debug",
    "--break",
    "f",
    "main.lua",
    "--",
    "a",
    "b",
  ]);
  expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  expect(stdout.split("\n").slice(1)).toEqual(["a\tb", "main.lua is over", ""]);
});
