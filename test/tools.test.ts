import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./command.js";
import { makeFolder } from "./support/folder.js";

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(path.join(import.meta.dirname, name), "utf8") }));

/** What is there wherever Node is, and what a test has asked for. */
const known = /^(process\.execPath|"sh"|"\/bin\/sh"|"npm"|"mkfifo"|"ln"|toolPath\([^)]+\))$/;

/** The first argument of each call that starts a program. */
function startedPrograms(text: string): string[] {
  const calls = text.matchAll(
    /(?<![.\w])(?:spawn|spawnSync|execFile|execFileSync|exec|execSync|fork)\(\s*([^,\n]*\)|[^,\n]*)/g,
  );
  return Array.from(calls, ([, program = ""]) => program.trim());
}

test("every program that a test starts is asked for before, and written where it is started", () => {
  const unknown = files.flatMap(({ name, text }) => {
    if (!text.includes('from "node:child_process"')) return [];
    const programs = startedPrograms(text).filter((program) => !known.test(program));
    return programs.map((program) => `${name} starts ${program}`);
  });
  expect(unknown).toEqual([]);
});

test("a test is left out by what it asks for, so that the end of the run tells why", () => {
  const skipping = files.filter(
    ({ name, text }) =>
      name !== "tools.test.ts" &&
      /\b(skipIf(?!\(process\.platform)|runIf|test\.skip|describe\.skip|\.todo)\b/.test(text),
  );
  expect(skipping.map(({ name }) => name)).toEqual([]);
});

/** Runs tests that need a program where none is on PATH. */
function runWithoutPrograms(environment: Readonly<Record<string, string>>) {
  const settings = Object.entries(process.env).filter(([name]) => !/^(VITEST|CI$|MISSING_TOOLS$)/.test(name));
  const env = { ...Object.fromEntries(settings), PATH: makeFolder({}), NO_COLOR: "1", ...environment };
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const results = path.join(makeFolder({}), "results.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const args = [vitest, "run", "test/cli/tests/terminal.test.ts", ...reporters];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("without a tool a run passes, and says at its end what it left out and why", () => {
  const { status, output } = runWithoutPrograms({});
  expect(output).toContain(`
Left out, not here: script (apt-get install bsdutils):
test/cli/tests/terminal.test.ts
  on a terminal with {"TERM":"xterm"} there is a bar: true
`);
  expect(output).toMatch(/^7 tests left out:\n {5}7 {2}not here: script \(apt-get install bsdutils\)$/m);
  expect(status).toBe(0);
});

test.for([{}, { MISSING_TOOLS: "lua5.4,luajit" }])(
  "on a machine that is prepared for CI the lack of a tool is a failure: %j",
  (environment) => {
    const { status, output } = runWithoutPrograms({ CI: "true", ...environment });
    expect(output).toContain("Error: not here: script (apt-get install bsdutils)");
    expect(status).toBe(1);
  },
);

test("a machine that is prepared for CI may be without the tools that it names", () => {
  const { status, output } = runWithoutPrograms({ CI: "true", MISSING_TOOLS: "luajit,script" });
  expect(output).toMatch(/^7 tests left out:$/m);
  expect(status).toBe(0);
});
