import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createHost } from "../../../src/engine/host/host.js";
import { jobText } from "../../../src/engine/native/jobs/jobFile.js";
import { createRunning } from "../../../src/engine/wasm/machine/machine.js";
import { createCompilingTurn } from "../../../src/engine/wasm/machine/wellCompiled.js";
import type { WasmVersion } from "../../../src/engine/wasm/package/versions.js";
import { runWasmProgram } from "../../../src/engine/wasm/program.js";
import { runJob } from "../../../src/harness/run/embedded/job.js";
import type { Program } from "../../../src/types.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

type Engine = "fengari" | WasmVersion;

/** Runs a program in the sandbox of `project`, a folder beside `outside`. */
function runIn(engine: Engine, lua: string, prepare: (folder: string) => void = () => {}) {
  const folder = makeFolder({ "outside/secret.txt": "secret", "project/p.lua": lua, "project/in.txt": "in" });
  prepare(folder);
  const sandbox = path.join(folder, "project");
  const file = path.join(sandbox, "p.lua");
  const program = { file, args: [sandbox, path.join(folder, "outside")], packagePath: "", sandbox };
  const message = engine === "fengari" ? runInFengari(program) : runInWasm(engine, program);
  const outside = Object.fromEntries(
    readdirSync(path.join(folder, "outside")).map((name) => [
      name,
      readFileSync(path.join(folder, "outside", name), "utf8"),
    ]),
  );
  return { folder, message, outside };
}

function runInFengari(program: Program): string | undefined {
  const scope = { root: program.sandbox ?? "", tests: [], include: [], exclude: [], extension: [".lua"] };
  const job = { program, scope, test: null };
  return runJob(job, new Int32Array(1)).results[0]?.message;
}

function runInWasm(version: WasmVersion, { file, args, packagePath, sandbox = null }: Program): string {
  const end = runWasmProgram({
    version,
    job: jobText({ file, args, steps: [], folder: process.cwd(), path: packagePath }),
    steps: [{ kind: "script", file }],
    args,
    host: createHost({ sandbox, sink: { write: () => {}, flush: () => {} } }),
    greatestMemory: 2 ** 28,
    running: createRunning(),
    turn: createCompilingTurn(),
    onFull: () => {},
    onInterruptible: () => {},
    onSampled: () => {},
    debugging: null,
    onPausable: () => {},
    onNews: () => {},
  });
  return end !== null && "message" in end ? end.message : "";
}

const intact = { "secret.txt": "secret" };
const inside = "local project, outside = ...\n";

describe.each<Engine>(["fengari", "5.1", "5.4"])("in %s", (engine) => {
  const run = (lua: string, prepare?: (folder: string) => void) => runIn(engine, lua, prepare);

  test("inside the project a sandboxed program reads and writes as it likes, and reads elsewhere", () => {
    const { message, outside, folder } = run(`${inside}
    local lfs = require "lfs"
    local f = assert(io.open(project .. "/new.txt", "w")) f:write "new" f:close()
    assert(lfs.mkdir(project .. "/sub") and lfs.chdir(project .. "/sub"))
    f = assert(io.open("../up.txt", "a")) f:write "up" f:close()
    assert(os.rename("../up.txt", "down.txt") and os.remove "down.txt")
    assert(io.open(outside .. "/secret.txt"):read "*a" == "secret")
    assert(io.tmpfile():write "x")
    print(debug.traceback "here", debug.getinfo(1, "l").currentline)
  `);
    expect([message, outside]).toEqual(["", intact]);
    expect(readdirSync(path.join(folder, "project")).sort()).toEqual(["in.txt", "new.txt", "p.lua", "sub"]);
  });

  const linked = 'require "lfs".link(outside, "l", true)';

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
    ["dots behind a link", `${linked} io.open("l/../outside/x", "w")`],
    ["a link whose name is not UTF-8", 'require "lfs".link(outside, "\\255", true) io.open("\\255/x", "w")'],
    ["a link to a link to a folder", `${linked} require "lfs".link("l", "m", true) io.open("m/x", "w")`],
    ["mkdir through a link", `${linked} require "lfs".mkdir "l/../outside/x"`],
    ["remove through a link", `${linked} os.remove "l/secret.txt"`],
    ["rename through a link", `${linked} os.rename("in.txt", "l/x")`],
    ["rename of a link out", `${linked} os.rename("l", outside .. "/x")`],
    ["touch through a link", `${linked} require "lfs".touch "l"`],
    ["lock_dir through a link", `${linked} require "lfs".lock_dir "l"`],
    ["a hard link through a link", `${linked} require "lfs".link("in.txt", "l/x")`],
    ["a hard link to a link, then through it", `${linked} require "lfs".link("l", "m") io.open("m/x", "w")`],
    ["the kernel's root", 'io.open("/proc/self/root" .. outside .. "/x", "w")'],
    ["the kernel's current folder", 'io.open("/proc/self/cwd/x", "r+")'],
    ["a descriptor", 'io.open("/dev/fd/1", "w")'],
    ["a device", 'io.open("/dev/tty", "w")'],
    ["a zero byte behind it", 'io.open("../outside/x\\0y", "w")'],
    ["the project itself", 'os.rename(project, project .. "2")'],
    ["the folder around it", 'require "lfs".rmdir ".."'],
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

  test.each([
    ["writing", 'io.open("hard", "w")'],
    ["appending", 'io.open("hard", "a")'],
    ["updating", 'io.open("hard", "r+")'],
    ["writing by another name", 'require "lfs".link("hard", "l", true) io.open("l", "w")'],
    ["writing after a rename", 'os.rename("hard", "x") io.open("x", "a+")'],
    ["touching", 'require "lfs".touch("hard", 1)'],
    ["another name", 'require "lfs".link("hard", "x")'],
  ])("a file of the project that has a name outside, too, stays as it is: %s", (_name, attempt) => {
    const { message, outside } = run(`${inside} require "lfs".chdir(project) ${attempt}`, (folder) => {
      linkSync(path.join(folder, "outside/secret.txt"), path.join(folder, "project/hard"));
    });
    expect(message).toMatch(/no writing to a file with more names \(hard links\) than this program gave it/);
    expect(outside).toEqual(intact);
  });

  test("a name in the project is the project's, also that of a file with another name outside", () => {
    const { message, outside } = run(`${inside} assert(os.remove(project .. "/hard"))`, (folder) => {
      linkSync(path.join(folder, "outside/secret.txt"), path.join(folder, "project/hard"));
    });
    expect([message, outside]).toEqual(["", intact]);
  });

  testWith("Linux")("devices that keep nothing may be written to", () => {
    const { message } = run(`
    assert(assert(io.open("/dev/null", "w")):write "gone")
    local full = io.open("/dev/full", "a")
    full:setvbuf "no"
    assert(select(2, full:write "x") == "No space left on device")
  `);
    expect(message).toBe("");
  });

  test("what the system refuses is no Lua error", () => {
    const { message } = run(`${inside}
    local lfs = require "lfs"
    lfs.chdir(project)
    local function fails(text, ...)
      local result, message = ...
      assert(result == nil and message:find(text, 1, true), message)
    end
    fails("No such file", io.open("", "w"))
    fails("No such file", io.open("nothing/x", "w"))
    fails("Is a directory", io.open(".", "w"))
    fails("Not a directory", io.open("in.txt/", "w"))
    fails("Not a directory", os.remove "in.txt/")
    fails("File name too long", io.open(("n"):rep(256), "w"))
    fails("File exists", lfs.mkdir "in.txt")
    fails("busy", os.rename(".", "x"))
    assert(lfs.link("x\\0y", "cut", true) and lfs.symlinkattributes("cut", "target") == "x")
    assert(lfs.mkdir "folder/" and lfs.rmdir "folder//")
    assert(io.open(("n"):rep(255), "w"))
  `);
    expect(message).toBe("");
  });

  test("a circle of links is an error of the system", () => {
    const { message } = run(`${inside} assert(io.open(project .. "/a", "w"))`, (folder) => {
      symlinkSync("b", path.join(folder, "project/a"));
      symlinkSync("a", path.join(folder, "project/b"));
    });
    expect(message).toMatch(/Too many levels of symbolic links/);
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
});

test("without a sandbox, the same program may", () => {
  const folder = makeFolder({ "p.lua": 'io.open((...), "w"):close()' });
  mkdirSync(path.join(folder, "elsewhere"));
  writeFileSync(path.join(folder, "elsewhere/keep"), "");
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const target = path.join(folder, "elsewhere/x");
  const program = { file: path.join(folder, "p.lua"), args: [target], packagePath: "", sandbox: null };
  runJob({ program, scope, test: null }, new Int32Array(1));
  expect(existsSync(target)).toBe(true);
});
