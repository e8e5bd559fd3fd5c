import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";

/**
 * Public spec suites, unpacked side by side in the folder that LUA_SUITES names (CI takes them from Debian's
 * source packages; any others can be put there). Without it there is nothing to run.
 */
const folder = process.env.LUA_SUITES ?? "";
const suites = existsSync(folder) ? readdirSync(folder) : [];
const named = suites.length === 0 ? ["(no suite: LUA_SUITES names none)"] : suites;

const templates = ["./?.lua", "./?/init.lua", "./src/?.lua", "./src/?/init.lua", "./lua/?.lua", ";"].join(
  ";",
);
const args = ["-o", "TAP", "spec"];

/** The tests that passed and failed, by name; their numbers depend on the order of files. */
function results(output: string): string[] {
  const lines = output.split("\n").filter((line) => /^(not )?ok /.test(line));
  return lines.map((line) => line.replace(/ok \d+ -/, "ok -")).sort();
}

test.skipIf(suites.length === 0).each(named)(
  "the specs of %s give the same results as in lua5.3",
  async (name) => {
    const suite = path.join(folder, name);
    const env = { ...process.env, LUA_PATH: templates };
    const native = spawnSync("/usr/bin/busted", args, { cwd: suite, env, encoding: "utf8" });
    const exec = [
      "--reporter",
      "none",
      "--temp-dir",
      path.join(suite, ".coverage"),
      "exec",
      "/usr/bin/busted",
      "--",
      ...args,
    ];
    const ours = await runCli(suite, exec, { LUA_PATH: templates });
    expect(results(native.stdout)).not.toEqual([]);
    expect(results(ours.stdout)).toEqual(results(native.stdout));
    expect(ours.code).toBe(native.status);
  },
);
