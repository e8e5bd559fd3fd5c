import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type CliProcess, exitCode, runCli, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { withoutLua } from "../../support/testLua.js";

/** Resolves to all output once it contains a text. */
async function outputUntil(child: CliProcess, text: string): Promise<string> {
  let output = "";
  for await (const chunk of child.stdout) {
    output += withoutLua(String(chunk));
    if (output.includes(text)) return output;
  }
  throw new Error(`the command ended without ${text}: ${output}`);
}

test("files run at the same time: each waits for what another one writes", async () => {
  const meet = (mine: string, other: string) =>
    `io.open("${mine}", "w"):close() while not io.open("${other}") do end print("${mine} met ${other}")`;
  const folder = makeFolder({ "test/a.lua": meet("a", "b"), "test/b.lua": meet("b", "a") });
  const { stdout } = await runCli(folder, ["--jobs", "2", "--timeout", "20", "--reporter", "none"]);
  expect(stdout).toBe("a met b\n✔ test/a.lua (N ms)\nb met a\n✔ test/b.lua (N ms)\n\n2 passed, 0 failed\n\n");
});

test("what the first running file prints is seen at once", async () => {
  const folder = makeFolder({
    "test/a.lua": 'print("first") print("second") while not io.open("go") do end',
    "test/b.lua": 'print("b")',
  });
  const child = startCli(folder, ["--jobs", "2", "--reporter", "none"]);
  const code = exitCode(child);
  expect(await outputUntil(child, "second\n")).toBe("first\nsecond\n");
  child.kill("SIGTERM");
  expect(await code).toBe(143);
});

test("the prompt of debug.debug is seen before it waits", async () => {
  const folder = makeFolder({ "test/a.lua": "print('here') debug.debug()" });
  const child = startCli(folder, ["--reporter", "none"]);
  const stderr = buffer(child.stderr);
  expect(await outputUntil(child, "✔ test/a.lua")).toMatch(/^here\n✔/);
  expect((await stderr).toString()).toMatch(/^lua_debug> /);
});

test.each([["SIGINT", 130] as const, ["SIGTERM", 143] as const])(
  "%s ends all running files",
  async (name, expected) => {
    const endless = 'io.stderr:write("ready\\n") while true do end';
    const folder = makeFolder({
      "test/a.lua": endless,
      "test/b.lua": "while true do pcall(error) end",
      "test/c.lua": 'local p = string.rep string.find(p("a", 100) .. "b", p("a?", 50) .. p("a", 101))',
      "test/d.lua": "while true do end",
      "test/e.lua": "print('never started')",
    });
    const child = startCli(folder, ["--jobs", "4", "--reporter", "none"]);
    const code = exitCode(child);
    const stdout = buffer(child.stdout);
    await once(child.stderr, "data");
    child.kill(name);
    const output = withoutLua((await stdout).toString());
    expect(output).toMatch(/^✖ test\/a\.lua \(\d+ ms\)\n {4}interrupted\n/);
    expect(output).toMatch(/\n0 passed, 4 failed before the interruption; 1 file not run\n/);
    expect(output).not.toContain("never started");
    expect(await code).toBe(expected);
  },
);
