import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Plants links where the run writes afterwards. */
const plants = `
  local lfs = require "lfs"
  assert(require "src.m" == 1)
  local outside = lfs.currentdir():gsub("[^/]+/?$", "") .. "outside"
  lfs.mkdir "coverage"
  lfs.link(outside .. "/by-report", "coverage/lcov.info", true)
  lfs.link(outside, "coverage/lcov-report", true)`;

async function run(args: readonly string[] = [], test = plants) {
  const folder = makeFolder({
    "outside/kept": "kept",
    "project/package.json": "{}",
    "project/src/m.lua": "return 1\n",
    "project/test/plants.lua": test,
  });
  const project = path.join(folder, "project");
  const ran = await runCli(project, ["--sandbox", "--reporter", "lcov", ...args, "test"]);
  const again = () => runCli(project, ["--sandbox", "--reporter", "lcov", ...args, "test"]);
  return { ...ran, project, again, outside: () => readdirSync(path.join(folder, "outside")) };
}

test("our own reports do not follow links that a test has planted", async () => {
  const { project, code, stderr, outside } = await run();
  expect([code, stderr, outside()]).toEqual([0, "", ["kept"]]);
  expect(readFileSync(path.join(project, "coverage/lcov.info"), "utf8")).toContain("SF:src/m.lua");
  expect(readdirSync(path.join(project, "coverage")).sort()).toEqual(["lcov-report", "lcov.info"]);
});

test("a report-dir outside the project is its user's wish", async () => {
  const { project, code, outside } = await run(["--report-dir", "../reports"]);
  expect([code, outside()]).toEqual([0, ["kept"]]);
  expect(existsSync(path.join(project, "../reports/lcov.info"))).toBe(true);
});

const refused = `
  local lfs = require "lfs"
  local function refuses(text, ...)
    local ok, message = pcall(...)
    assert(not ok and message:find(text, 1, true), message)
  end
  local own = "node_modules that luacov-ts itself is in"
  refuses(own, io.open, "app/node_modules/luacov-ts/dist/index.js", "a")
  refuses(own, io.open, "app/link", "w")
  refuses(own, lfs.mkdir, "app/node_modules/new")
  refuses(own, os.remove, "app/node_modules/luacov-ts/package.json")
  refuses(own, os.rename, "app/node_modules/luacov-ts", "app/taken")
  refuses(own, os.rename, "app/node_modules", "app/taken")
  refuses(own, os.rename, "app", "taken")
  refuses("outside the project", io.open, "../x", "w")
  assert(io.open("app/node_modules/../fine", "w"):close())
  assert(lfs.mkdir "lib" and lfs.mkdir "lib/node_modules" and os.rename("lib", "moved"))`;

test("a test does not change the code that runs it", () => {
  const project = makeFolder({ "package.json": "{}", "test/refused.lua": refused });
  const own = path.join(project, "app/node_modules/luacov-ts");
  for (const name of ["dist", "bin", "package.json"]) {
    cpSync(path.join(repository, name), path.join(own, name), { recursive: true });
  }
  symlinkSync(path.join(repository, "node_modules"), path.join(own, "node_modules"));
  symlinkSync("node_modules/luacov-ts/dist/new.js", path.join(project, "app/link"));
  const args = [path.join(own, "bin/luacov-ts.js"), "--sandbox", "--reporter", "none", "test"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
  expect(stdout).toContain("1 passed, 0 failed");
});
