import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { exitCode, runCli, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

const endlessReporter = `export default ({ writeError }) => (event) => {
  if (event.kind !== "test") return;
  writeError("here\\n");
`;

/** How a reporter of a user's own never comes back. */
const reporters: readonly (readonly [name: string, code: string])[] = [
  ["spins", `${endlessReporter}for (;;);\n}`],
  [
    "waits for what never comes",
    `${endlessReporter}return new Promise(() => setInterval(() => {}, 1000));\n}`,
  ],
];

test.for(reporters)(
  "Ctrl-C ends a run whose reporter %s, and what was measured is kept",
  async ([, code]) => {
    const folder = makeFolder({
      "mine.mjs": code,
      "src/m.lua": "return 1\n",
      "test/a.lua": 'require "src.m"\n',
      "test/b.lua": "while true do end\n",
    });
    const args = ["--jobs", "1", "--reporter", "text", "--test-reporter", "./mine.mjs", "test"];
    const child = startCli(folder, args);
    const [stdout, end] = [text(child.stdout), exitCode(child)];
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      if (stderr.includes("here") && !child.killed) child.kill("SIGINT");
    });
    expect(await end).toBe(130);
    expect(stderr).toContain('The test reporter ./mine.mjs never came to the end of the event "test"\n');
    expect(await stdout).toContain("\n m.lua    |     100 |");
    expect(readCoverage(path.join(folder, ".nyc_output"))[path.join(folder, "src/m.lua")]?.s[0]).toBe(1);
  },
);

test("a reporter that waits for nothing at all is named", async () => {
  const folder = makeFolder({
    "mine.mjs": "export default () => () => new Promise(() => {});\n",
    "test/a.lua": "",
  });
  const { code, stderr } = await runCli(folder, ["--test-reporter", "./mine.mjs", "test/a.lua"]);
  expect([code, stderr]).toEqual([
    2,
    'ERROR: The test reporter ./mine.mjs never came to the end of the event "run start"\n',
  ]);
});

test.for(["SIGINT", "SIGTERM"] as const)("%s ends a .busted that never ends", async (signal) => {
  const folder = makeFolder({
    ".busted": 'io.stderr:write("here\\n") while true do end\n',
    "spec/a_spec.lua": "it('a', function() end)\n",
  });
  expect(await endedBy(folder, [], signal)).toBe(signal);
});

test("Ctrl-C ends a helper that never ends", async () => {
  const folder = makeFolder({
    "helper.lua": 'io.stderr:write("here\\n") while true do end\n',
    "spec/a_spec.lua": "it('a', function() end)\n",
  });
  expect(await endedBy(folder, ["--helper", "helper.lua", "spec"], "SIGINT")).toBe(130);
});

test.for(["SIGINT", "SIGTERM"] as const)(
  "%s ends an analysis that takes long, and no figures are kept",
  async (signal) => {
    const folder = makeFolder({
      "src/m.lua": `return function(t)\n${"if t.x and t.y then t:add(t.x or 1) end\n".repeat(100_000)}end\n`,
      "test/a.lua": 'require "src.m"\n',
    });
    const child = startCli(folder, ["test/a.lua"]);
    const end = once(child, "exit");
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      if (stdout.includes("1 passed")) child.kill(signal);
    });
    child.stderr.resume();
    expect(await end).toEqual([null, signal]);
    expect(stdout).not.toContain("m.lua    |");
    const { code, stderr } = await runCli(folder, ["report"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("the last run did not come to its end")]);
  },
);

/** How the command ended after a signal that it got once it had said that it is there. */
async function endedBy(folder: string, args: readonly string[], signal: NodeJS.Signals): Promise<unknown> {
  const child = startCli(folder, args);
  child.stdout.resume();
  const end = once(child, "exit");
  await once(child.stderr, "data");
  child.kill(signal);
  const [code, by]: unknown[] = await end;
  return code ?? by;
}

testWith("Linux").for([
  ["test/a.lua"],
  ["--test-reporter", "tap", "--reporter", "none", "test/a.lua"],
  ["--test-reporter", "junit=x.xml", "--reporter", "text", "test/a.lua"],
  ["run", "test/a.lua"],
  ["--help"],
])("standard output on a full device is one sentence: %j", async (args) => {
  const folder = makeFolder({ "src/m.lua": "return 1\n", "test/a.lua": 'require "src.m"\n' });
  const bin = path.resolve("bin/luacov-ts.js");
  const command = 'exec "$0" "$@" > /dev/full';
  const child = spawn("sh", ["-c", command, process.execPath, bin, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  const sentence = "ERROR: Cannot write to standard output: ENOSPC: no space left on device, write\n";

  expect([stderr, code]).toEqual([sentence, 2]);
});

testWith("Linux").for([
  [["--report-dir", "/proc/x", "test/a.lua"], {}, "/proc/x: ENOENT"],
  [["--temp-dir", "/proc/x/y", "test/a.lua"], {}, "/proc/x/y: ENOENT"],
  [["--test-reporter", "junit=/proc/x/y.xml", "test/a.lua"], {}, "/proc/x/y.xml: ENOENT"],
  [["test/a.lua"], { TMPDIR: "/there/is/none" }, "/there/is/none: ENOENT"],
  [["run", "test/a.lua"], { TMPDIR: "/there/is/none" }, "/there/is/none: ENOENT"],
] as const)("a folder that nobody can make is one sentence: %j", async ([args, environment, reason]) => {
  const folder = makeFolder({ "src/m.lua": "return 1\n", "test/a.lua": 'require "src.m"\n' });
  const { code, stderr } = await runCli(folder, args, environment);
  expect([code, stderr]).toEqual([2, expect.stringMatching(`^ERROR: Cannot write to ${reason}[^\n]*\n$`)]);
});
