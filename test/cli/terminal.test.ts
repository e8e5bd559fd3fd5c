import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { testWith, toolPath } from "../support/tools.js";

const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));

const project = {
  "m.lua": "return 1",
  "test/a.lua": 'require "m" io.write("no line feed")',
  "test/b.lua": 'io.stderr:write("of b\\n")',
};

/** Whether a progress bar is drawn, by the environment. */
const cases: readonly (readonly [environment: Readonly<Record<string, string>>, bar: boolean])[] = [
  [{ TERM: "xterm" }, true],
  [{ TERM: "xterm", CI: "true" }, false],
  [{ TERM: "xterm", NO_COLOR: "1" }, false],
  [{ TERM: "dumb" }, false],
];

testWith("script").for(cases)("on a terminal with %j there is a bar: %j", ([environment, bar]) => {
  const folder = makeFolder(project);
  const written = onTerminal(folder, environment);
  expect(written.includes("/2 files · ")).toBe(bar);
  const lines = withoutBar(written).replace(/\(\d+ ms\)/g, "(N ms)");
  expect(lines).toBe(
    "no line feed\n✔ test/a.lua (N ms)\nof b\n✔ test/b.lua (N ms)\n\n2 passed, 0 failed\n\n",
  );
});

/** What a terminal is sent by a run in it. */
function onTerminal(folder: string, environment: Readonly<Record<string, string>>): string {
  const { CI: _ci, NO_COLOR: _colors, FORCE_COLOR: _force, ...inherited } = process.env;
  const { stdout } = spawnSync(
    toolPath("script"),
    ["--quiet", "--return", "--command", `"${process.execPath}" "${bin}" test --reporter none`, "/dev/null"],
    { cwd: folder, env: { ...inherited, ...environment }, encoding: "utf8" },
  );
  return stdout.replaceAll("\r\n", "\n");
}

/** A bar is what stands between the cursor's place being kept, and its line being cleared. */
function withoutBar(written: string): string {
  const readable = written.replaceAll("\u001b", "␛");
  return readable.replace(/␛7.*?␛8␛\[1G␛\[2K/gs, "").replace(/␛\[\d+m/g, "");
}
