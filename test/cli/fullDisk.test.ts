import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));

/** Runs the command where no file can have more than so many blocks of 512 bytes, as on a disk that fills up. */
function runWithLimit(folder: string, blocks: number, args: readonly string[]) {
  const script = `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`;
  return spawnSync("sh", ["-c", script, "sh", process.execPath, bin, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", TMPDIR: path.join(folder, "tmp") },
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

test("on a full disk no half a map, record or report of tests is left, and the tests are told of", async () => {
  const folder = makeFolder({
    "package.json": "{}",
    "src/m.lua": Array.from({ length: 400 }, (_, index) => `a${index} = ${index}`).join("\n"),
    "test/a.lua": 'require "src.m" print(("x"):rep(40000))',
    "tmp/.keep": "",
  });
  const flags = [
    "--reporter",
    "none",
    "--test-reporter",
    "default",
    "--test-reporter",
    "junit=out/junit.xml",
  ];
  const full = runWithLimit(folder, 16, [...flags, "test"]);
  expect(full.stdout).toMatch(/1.* passed, .*0.* failed/);
  expect(full.stderr).toMatch(/^ERROR: Cannot write to .*: EFBIG: file too large, write\n$/);
  expect(full.status).toBe(2);
  expect(filesIn(path.join(folder, ".nyc_output"))).toEqual(["luacov-ts"]);
  expect([filesIn(path.join(folder, "out")), filesIn(path.join(folder, "tmp"))]).toEqual([[], [".keep"]]);
  expect((await runCli(folder, ["report"])).stderr).toMatch(/^ERROR: No coverage found in /);

  await runCli(folder, [...flags, "test"]);
  const whole = readFileSync(path.join(folder, "out/junit.xml"), "utf8");
  expect(whole).toMatch(/<\/testsuites>\s*$/);
  const merged = runWithLimit(folder, 16, ["merge", ".nyc_output"]);
  expect(merged.stderr).toMatch(/^ERROR: Cannot write to .*\/coverage\.json: EFBIG: .*\n$/);
  expect(existsSync(path.join(folder, "coverage.json"))).toBe(false);
  expect(filesIn(folder).filter((name) => name.includes("tmp"))).toEqual(["tmp", "tmp/.keep"]);
});
