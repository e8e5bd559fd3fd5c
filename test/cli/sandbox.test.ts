import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** Plants links where the run writes afterwards. */
const plants = `
  local lfs = require "lfs"
  assert(require "src.m" == 1)
  local outside = lfs.currentdir():gsub("[^/]+/?$", "") .. "outside"
  lfs.mkdir "coverage"
  lfs.link(outside .. "/by-report", "coverage/lcov.info", true)
  lfs.link(outside, "coverage/lcov-report", true)`;

async function run(args: readonly string[] = []) {
  const folder = makeFolder({
    "outside/kept": "kept",
    "project/package.json": "{}",
    "project/src/m.lua": "return 1\n",
    "project/test/plants.lua": plants,
  });
  const project = path.join(folder, "project");
  const ran = await runCli(project, ["--sandbox", "--reporter", "lcov", ...args, "test"]);
  return { ...ran, project, outside: readdirSync(path.join(folder, "outside")) };
}

test("our own reports do not follow links that a test has planted", async () => {
  const { project, code, stderr, outside } = await run();
  expect([code, stderr, outside]).toEqual([0, "", ["kept"]]);
  expect(readFileSync(path.join(project, "coverage/lcov.info"), "utf8")).toContain("SF:src/m.lua");
  expect(readdirSync(path.join(project, "coverage")).sort()).toEqual(["lcov-report", "lcov.info"]);
});

test("a report-dir outside the project is its user's wish", async () => {
  const { project, code, outside } = await run(["--report-dir", "../reports"]);
  expect([code, outside]).toEqual([0, ["kept"]]);
  expect(existsSync(path.join(project, "../reports/lcov.info"))).toBe(true);
});
