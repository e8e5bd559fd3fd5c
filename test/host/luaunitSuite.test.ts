import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { Outcome } from "../../src/types.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { debianTemplates, startLua53 } from "../support/lua53.js";
import { testWith, toolPath } from "../support/tools.js";

/** LuaUnit's sources, with its own tests and examples (CI takes them from Debian's source package). */
const testSuite = testWith("lua5.3", "LuaUnit's sources, in LUAUNIT_SUITE");
const suite = () => toolPath("LuaUnit's sources, in LUAUNIT_SUITE");
const environment = { LUA_PATH: `./?.lua;${debianTemplates}` };

async function ours(file: string): Promise<string[]> {
  const folder = makeFolder({});
  const report = path.join(folder, "results.json");
  const flags = ["--reporter", "none", "--temp-dir", path.join(folder, "coverage")];
  await runCli(suite(), [...flags, "--test-reporter", `json=${report}`, file], environment);
  const { files }: { files: Pick<Outcome, "results">[] } = JSON.parse(readFileSync(report, "utf8"));
  const results = files.flatMap((each) => each.results);
  return results.map(({ status, names, message }) => `${status} ${names.join(".")} ${message}`.trim());
}

function native(file: string, args: readonly string[]): string {
  return startLua53([file, ...args], { cwd: suite(), environment }).stdout;
}

/** A test of LuaUnit's TAP output, with the indented message below it. */
function testsOfTap(tap: string): string[] {
  const tests = tap.matchAll(/^(not ok|ok)\s+\d+\t(# SKIP )?(.*)\n((?:# {3}.*\n)*)/gm);
  return Array.from(tests, ([, ok, skip, name = "", details = ""]) => {
    const message = details.replace(/^# {3}/gm, "").trim();
    return skip === undefined ? `${ok} ${name} ${message}`.trim() : `skip ${name}`;
  });
}

/** The same of ours; TAP does not tell failures from errors, nor who was skipped. */
function asTap(results: readonly string[]): string[] {
  return results.map((each) => {
    const [status = "", name = "", ...message] = each.split(" ");
    if (status === "pending") return `skip ${message.join(" ")}`;
    return [status === "success" ? "ok" : "not ok", name, ...message].join(" ");
  });
}

testSuite.each(["example_with_luaunit.lua", "doc/my_test_suite.lua"])(
  "LuaUnit's %s has the same results as in lua5.3",
  async (file) => {
    const expected = testsOfTap(native(file, ["-o", "tap"]));
    expect(expected.length).toBeGreaterThan(0);
    expect(asTap(await ours(file))).toEqual(expected);
  },
);

testSuite("LuaUnit's own tests pass, as many as in lua5.3", async () => {
  // Suites inside its tests write, too: the last line is that of the whole.
  const last = native("run_unit_tests.lua", []).match(/^Ran (\d+) tests in .*, (\d+) successes, 0 failures/m);
  const results = await ours("run_unit_tests.lua");
  expect([results.length, results.filter((each) => each.startsWith("success ")).length]).toEqual(
    last?.slice(1).map(Number),
  );
});
