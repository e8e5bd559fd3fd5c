import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { inLua } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { withoutLua } from "../../support/testLua.js";
import { testWith, toolPath } from "../../support/tools.js";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

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

/** Whether anything has colours, by the environment: tests, tables, lists and messages alike. */
const colorCases: readonly (readonly [environment: Readonly<Record<string, string>>, colors: boolean])[] = [
  [{ TERM: "xterm" }, true],
  [{ TERM: "xterm", NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  [{ TERM: "dumb" }, false],
];

testWith("script").for(colorCases)("on a terminal with %j all has colours: %j", ([environment, colors]) => {
  const folder = makeFolder({ ...project, "test/c.lua": "error()", "never.lua": "return 1" });
  const reports = ["text", "text-summary", "partial"].flatMap((name) => ["--reporter", name]);
  const thresholds = ["--all", "--check-coverage", "--lines", "100"];
  const sent = onTerminal(folder, environment, [...reports, ...thresholds]);
  const written = sent
    .replaceAll("\u001b", "␛")
    .replace(/␛7.*?␛8␛\[1G␛\[2K/gs, "")
    .split("\n");
  const color = /␛\[\d+(;\d+)*m/g;
  const starts = ["✖ test/c.lua", "All files", "Statements   :", "ERROR: Coverage"];
  const found = starts.map((start) => written.find((line) => line.replace(color, "").startsWith(start)));
  expect(found.map((line) => line?.match(color) !== null)).toEqual(starts.map(() => colors));
  if (!colors) expect(written.filter((line) => color.test(line))).toEqual([]);
});

/** What a terminal is sent by a run in it. */
function onTerminal(
  folder: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = ["--reporter", "none"],
): string {
  const { CI: _ci, NO_COLOR: _colors, FORCE_COLOR: _force, ...inherited } = process.env;
  const { stdout } = spawnSync(
    toolPath("script"),
    [
      "--quiet",
      "--return",
      "--command",
      `"${process.execPath}" "${bin}" ${inLua(["test", ...args]).join(" ")}`,
      "/dev/null",
    ],
    { cwd: folder, env: { ...inherited, ...environment }, encoding: "utf8" },
  );
  return withoutLua(stdout.replaceAll("\r\n", "\n"));
}

/** A bar is what stands between the cursor's place being kept, and its line being cleared. */
function withoutBar(written: string): string {
  const readable = written.replaceAll("\u001b", "␛");
  return readable.replace(/␛7.*?␛8␛\[1G␛\[2K/gs, "").replace(/␛\[\d+m/g, "");
}
