import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runJob } from "../../../src/harness/run/job.js";
import { makeFolder } from "../../support/folder.js";

/** Runs a program in the sandbox of `project`, a folder beside `outside`. */
function run(lua: string, prepare: (folder: string) => void = () => {}) {
  const folder = makeFolder({ "outside/secret.txt": "secret", "project/p.lua": lua, "project/in.txt": "in" });
  prepare(folder);
  const sandbox = path.join(folder, "project");
  const scope = { root: sandbox, tests: [], include: [], exclude: [], extension: [".lua"] };
  const file = path.join(sandbox, "p.lua");
  const program = { file, args: [sandbox, path.join(folder, "outside")], packagePath: "", sandbox };
  const {
    results: [result],
  } = runJob({ program, scope, linesOnly: false, test: null }, new Int32Array(1));
  const outside = Object.fromEntries(
    readdirSync(path.join(folder, "outside")).map((name) => [
      name,
      readFileSync(path.join(folder, "outside", name), "utf8"),
    ]),
  );
  return { folder, message: result?.message, outside };
}

const intact = { "secret.txt": "secret" };
const inside = "local project, outside = ...\n";

test("inside the project a sandboxed program reads and writes as it likes, and reads elsewhere", () => {
  const { message, outside, folder } = run(`${inside}
    local lfs = require "lfs"
    local f = assert(io.open(project .. "/new.txt", "w")) f:write "new" f:close()
    assert(lfs.mkdir(project .. "/sub") and lfs.chdir(project .. "/sub"))
    f = assert(io.open("../up.txt", "a")) f:write "up" f:close()
    assert(os.rename("../up.txt", "down.txt") and os.remove "down.txt")
    assert(io.open(outside .. "/secret.txt"):read "a" == "secret")
    assert(io.tmpfile():write "x")
    print(debug.traceback "here", debug.getinfo(1, "l").currentline)
  `);
  expect([message, outside]).toEqual(["", intact]);
  expect(readdirSync(path.join(folder, "project")).sort()).toEqual(["in.txt", "new.txt", "p.lua", "sub"]);
});

test.each<[string, string]>([
  ["write", 'io.open(outside .. "/x", "w")'],
  ["append", 'io.open(outside .. "/secret.txt", "a")'],
  ["update", 'io.open(outside .. "/secret.txt", "r+")'],
  ["a relative path", 'io.open("../outside/x", "w")'],
  ["a path with dots", 'io.open(project .. "/../outside/x", "w")'],
  ["io.output", 'io.output(outside .. "/x")'],
  ["remove", 'os.remove(outside .. "/secret.txt")'],
  ["rename out", 'os.rename(project .. "/in.txt", outside .. "/x")'],
  ["rename in", 'os.rename(outside .. "/secret.txt", project .. "/x")'],
  ["tmpname", "os.tmpname()"],
  ["mkdir", 'require "lfs".mkdir(outside .. "/x")'],
  ["rmdir", 'require "lfs".rmdir(outside)'],
  ["touch", 'require "lfs".touch(outside .. "/secret.txt", 0)'],
  ["a hard link in", 'require "lfs".link(outside .. "/secret.txt", project .. "/x")'],
  ["a link out", 'require "lfs".link(project .. "/in.txt", outside .. "/x", true)'],
  ["lock_dir", 'require "lfs".lock_dir(outside)'],
  [
    "through a link to a folder",
    'require "lfs".link(outside, project .. "/l", true) io.open(project .. "/l/x", "w")',
  ],
  [
    "through a link to a file",
    'require "lfs".link(outside .. "/secret.txt", project .. "/l", true) io.open(project .. "/l", "w")',
  ],
  [
    "through a link to nothing",
    'require "lfs".link(outside .. "/new", project .. "/l", true) io.open(project .. "/l", "w")',
  ],
  [
    "through two links",
    'local lfs = require "lfs" lfs.link(outside .. "/new", project .. "/a", true) lfs.link("a", project .. "/b", true) io.open(project .. "/b", "w")',
  ],
  ["chdir out, then a relative path", 'require "lfs".chdir(outside) io.open("x", "w")'],
  ["execute", 'os.execute("touch " .. outside .. "/x")'],
  ["popen", 'io.popen("touch " .. outside .. "/x")'],
])("leaving the sandbox is an error that says so: %s", (_name, attempt) => {
  const { message, outside } = run(`${inside} require "lfs".chdir(project) ${attempt}`);
  expect(message).toMatch(/the sandbox (does not allow|allows no writing)/);
  expect(outside).toEqual(intact);
});

test("a link that was there before leads nowhere else, either", () => {
  const { message, outside } = run(`${inside} io.open(project .. "/link/x", "w")`, (folder) => {
    symlinkSync(path.join(folder, "outside"), path.join(folder, "project/link"));
  });
  expect(message).toMatch(/the sandbox allows no writing/);
  expect(outside).toEqual(intact);
});

test("a circle of links is an error of the system", () => {
  const { message } = run(`${inside} assert(io.open(project .. "/a", "w"))`, (folder) => {
    symlinkSync("b", path.join(folder, "project/a"));
    symlinkSync("a", path.join(folder, "project/b"));
  });
  expect(message).toMatch(/Too many levels of symbolic links|sandbox/);
});

test("the debug library is reduced to traceback and getinfo", () => {
  const { message } = run(`
    local names = {}
    for name in pairs(debug) do names[#names + 1] = name end
    table.sort(names)
    assert(table.concat(names, " ") == "getinfo traceback" and require "debug" == debug)
  `);
  expect(message).toBe("");
});

test("without a sandbox, the same program may", () => {
  const folder = makeFolder({ "p.lua": 'io.open((...), "w"):close()' });
  mkdirSync(path.join(folder, "elsewhere"));
  writeFileSync(path.join(folder, "elsewhere/keep"), "");
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const target = path.join(folder, "elsewhere/x");
  const program = { file: path.join(folder, "p.lua"), args: [target], packagePath: "", sandbox: null };
  runJob({ program, scope, linesOnly: false, test: null }, new Int32Array(1));
  expect(existsSync(target)).toBe(true);
});
