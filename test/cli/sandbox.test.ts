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

/** In the place of everything that a run writes, before it does and once it has. */
const replacing = `
  local lfs = require "lfs"
  assert(require "src.m" == 1)
  local outside = lfs.currentdir():gsub("[^/]+/?$", "") .. "outside"
  local function refuses(...)
    local ok, message = pcall(...)
    assert(not ok and message:find("the sandbox allows no writing outside", 1, true), message)
  end
  os.remove "link"
  assert(lfs.link(outside, "link", true))
  refuses(io.open, "link/../outside/by-dots", "w")
  refuses(lfs.mkdir, "link/../outside/folder-by-dots")
  local number = 0
  local function plant(target, place)
    number = number + 1
    os.rename(place, "moved" .. number)
    lfs.link(target, place, true)
  end
  lfs.mkdir ".nyc_output"
  lfs.mkdir "coverage"
  plant(outside .. "/lcov.info", "coverage/lcov.info")
  plant(outside, "coverage/lcov-report")
  plant(outside .. "/junit.xml", "junit.xml")
  plant(PLACES)`;

test.each([
  ["the folder of ours in the temp-dir", 'outside, ".nyc_output/luacov-ts"'],
  ["the temp-dir", 'outside, ".nyc_output"'],
  ["the test record", 'outside .. "/tests.json", ".nyc_output/luacov-ts/tests.json"'],
])("nothing that a run writes goes through links that a test has planted: %s", async (_name, places) => {
  const args = ["--test-reporter", "default", "--test-reporter", "junit=junit.xml"];
  const { stdout, outside, again } = await run(args, replacing.replace("PLACES", places));
  expect([stdout.includes("1 passed, 0 failed"), outside()]).toEqual([true, ["kept"]]);
  const { stdout: second } = await again();
  expect([second.includes("1 passed, 0 failed"), outside()]).toEqual([true, ["kept"]]);
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
