import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { TestResult } from "../../src/types.js";
import { root } from "../command.js";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";
import { debianTemplates, startBusted } from "../support/lua53.js";
import { hasTool, testWith, toolPath } from "../support/tools.js";

/**
 * Public spec suites, unpacked side by side in the folder that LUA_SUITES names (CI takes them from Debian's
 * source packages; any others can be put there). Without it there is nothing to run.
 */
const suites = hasTool("suites of specs, in LUA_SUITES")
  ? readdirSync(toolPath("suites of specs, in LUA_SUITES"))
  : ["each suite"];
const testSuites = testWith("lua5.3", "busted", "suites of specs, in LUA_SUITES").each(suites);

const templates = [
  ...["./?.lua", "./?/init.lua", "./src/?.lua", "./src/?/init.lua", "./lua/?.lua"],
  debianTemplates,
].join(";");
const args = ["-o", "TAP", "spec"];

/** The tests that passed and failed, by name; their numbers depend on the order of files. */
function results(output: string): string[] {
  const lines = output.split("\n").filter((line) => /^(not )?ok /.test(line));
  return lines.map((line) => line.replace(/ok \d+ -/, "ok -")).sort();
}

testSuites("the specs of %s give the same results as in lua5.3", async (name) => {
  const suite = path.join(toolPath("suites of specs, in LUA_SUITES"), name);
  const native = startBusted(args, { cwd: suite, environment: { LUA_PATH: templates } });
  const exec = [
    "--reporter",
    "none",
    "--temp-dir",
    path.join(suite, ".coverage"),
    "exec",
    toolPath("busted"),
    "--",
    ...args,
  ];
  const ours = await runCli(suite, exec, { LUA_PATH: templates });
  expect(results(native.stdout)).not.toEqual([]);
  expect(results(ours.stdout)).toEqual(results(native.stdout));
  expect(ours.code).toBe(native.status);
});

/** The part of the JSON test reporter's object that matters here. */
interface JsonReport {
  readonly success: boolean;
  readonly files: readonly { readonly results: readonly TestResult[] }[];
}

const handler = path.join(root, "test/harness/specs/handler.lua");

/** What both runners say of a test, in the order in which they ran. */
function comparable(results: readonly Pick<TestResult, "names" | "status" | "message">[]): string[] {
  const texts = results.map(({ names, status, message }) => `${status}: ${names.join(" ")}\n${message}`);
  return texts.map((text) => text.replace(/\b(table|function|thread|userdata): (0x[0-9a-f]+)/g, "$1: 0x…"));
}

testSuites("our own spec runner gives for %s what busted gives on lua5.3, test by test", async (name) => {
  const suite = path.join(toolPath("suites of specs, in LUA_SUITES"), name);
  const file = path.join(makeFolder({}), "results");
  const environment = { LUA_PATH: templates, RESULTS: file };
  const native = startBusted(["-o", handler, "spec"], { cwd: suite, environment });
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  const flags = ["--reporter", "none", "--temp-dir", path.join(suite, ".coverage"), "--test-reporter"];
  await runCli(suite, [...flags, `json=${file}`, "spec"], { LUA_PATH: templates });
  const { files, success }: JsonReport = JSON.parse(readFileSync(file, "utf8"));
  const results = files.flatMap((each) => each.results);
  expect(lines.length).toBeGreaterThan(0);
  expect(comparable(results)).toEqual(comparable(lines.map((line) => JSON.parse(line))));
  expect(success).toBe(native.status === 0);
});
