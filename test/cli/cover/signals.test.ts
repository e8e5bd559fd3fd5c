import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { exitCode, runCli, startCli } from "../../support/cli.js";
import { coverageIn, linesOf } from "../../support/cover.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

/** Starts a command, measured, and sends a signal to ours once the command has said something. */
async function signalled(folder: string, command: readonly string[], signal: NodeJS.Signals) {
  const child = startCli(folder, ["--reporter", "none", "cover", "--", ...command]);
  const errors = text(child.stderr);
  const output: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => {
    if (output.length === 0) child.kill(signal);
    output.push(chunk.toString());
  });
  return { code: await exitCode(child), stdout: output.join(""), stderr: await errors };
}

test.each(["SIGTERM", "SIGHUP", "SIGINT", "SIGUSR2", "SIGQUIT"] as const)(
  "the command gets %s, and its exit code is ours",
  async (signal) => {
    const script = `process.on("${signal}", () => { console.log("got it"); process.exit(5); });
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const { code, stdout } = await signalled(makeFolder({}), [process.execPath, "-e", script], signal);
    expect([code, stdout]).toEqual([5, "ready\ngot it\n"]);
  },
  30_000,
);

test("a shell's trap of INT runs, and its exit code is ours", async () => {
  const command = ["sh", "-c", 'trap "echo got it; exit 6" INT; echo ready; while :; do sleep 0.05; done'];
  const { code, stdout, stderr } = await signalled(makeFolder({}), command, "SIGINT");
  expect([code, stdout]).toEqual([6, "ready\ngot it\n"]);
  expect(stderr).toBe("WARNING: Nothing that ran is a measured file, so there is no coverage to report\n");
}, 30_000);

test("a command that a signal ends has the exit code that shells show", async () => {
  const command = ["sh", "-c", "echo ready; exec sleep 60"];
  expect((await signalled(makeFolder({}), command, "SIGTERM")).code).toBe(143);
});

testWith("lua5.4")("what a program did until Ctrl-C is counted", async () => {
  const main = `local n = 0
while true do
  n = n + 1
  if n == 1000 then io.stdout:write("ready\\n"):flush() end
end`;
  const folder = makeFolder({ "main.lua": main });
  const { code, stderr } = await signalled(folder, ["lua5.4", "main.lua"], "SIGINT");
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^lua5\.4: .*interrupted!\n/)]);
  expect(linesOf(coverageIn(folder), "main.lua")[2]).toBeGreaterThanOrEqual(1000);
});

testWith("lua5.3", "lua5.4")("commands at the same time are added up", async () => {
  const folder = makeFolder({ "main.lua": "local t = os.clock() + 0.2\nrepeat until os.clock() > t" });
  const runs = ["lua5.3", "lua5.4", "lua5.4"].map((lua) =>
    runCli(folder, ["--reporter", "none", "cover", lua, "main.lua"]),
  );
  expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(linesOf(coverageIn(folder), "main.lua")[0]).toBe(3);
});
