import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(path.join(root, "docs/first-steps.md"), "utf8");

/** What is typed, and what the page shows of that; null where it shows nothing. */
function steps(): readonly (readonly [command: string, shown: string | null])[] {
  const blocks = page.matchAll(/^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms);
  return Array.from(blocks, ([, command = "", shown = null]) => [command, shown]);
}

/** What depends on machines and releases, as the page has it. */
function asOnPage(output: string, folder: string): string {
  return output
    .replaceAll(folder, "/home/you/stack")
    .replace(/^luacov-ts +\S+, Node \S+ on \S+$/gm, "luacov-ts      0.1.0, Node 24.1.0 on linux")
    .replace(/\(\d+ ms\)/g, "(20 ms)")
    .replace(/ +$/gm, "");
}

test("what the page of first steps shows is what its commands print", () => {
  const programs = makeFolder({
    "luacov-ts": `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, "bin/luacov-ts.js")}" "$@"\n`,
  });
  chmodSync(path.join(programs, "luacov-ts"), 0o755);
  // Without the Luas that a machine may have.
  for (const name of ["cat", "mkdir"]) {
    symlinkSync(
      execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim(),
      path.join(programs, name),
    );
  }
  const cwd = makeFolder({});
  const env = { ...process.env, PATH: programs, NO_COLOR: "1" };
  const found = steps().map(([command, shown]) => {
    const { stdout } = spawnSync("/bin/sh", ["-c", command], { cwd, encoding: "utf8", env });
    return [command, shown === null ? null : asOnPage(stdout, cwd)];
  });
  expect(found.length).toBeGreaterThan(3);
  expect(found).toEqual(steps());
});
