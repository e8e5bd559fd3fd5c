import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runJob } from "../../src/harness/run/embedded/job.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { runLua } from "./run.js";

test("files that a program leaves open are written when it ends, and when it exits", () => {
  expect(runLua('say("kept")')).toBe("kept");
  expect(runLua('say("kept ") os.exit(3)')).toBe("kept exit 3");
  expect(runLua('say("kept ") pcall(os.exit, 4) say("never")')).toBe("kept exit 4");
});

test("a program can leave from within a function of the library", () => {
  const table = "setmetatable({}, { __index = function() os.exit(5) end })";
  expect(runLua(`pcall(os.time, ${table}) say("never")`)).toBe("exit 5");
});

test("years past 2038 are right, as floats", () => {
  expect(runLua('say(os.date("!%Y-%m-%d %H:%M:%S", 4102444800))')).toBe("2100-01-01 00:00:00");
  expect(runLua("say(os.time { year = 2100, month = 1, day = 1, hour = 0 } > 4102000000 and 1 or 0)")).toBe(
    "1",
  );
  expect(runLua('say(os.date("!*t", 32503680000).year)')).toBe("3000");
});

test("what a program changes of its environment, it and its children see, and nobody else", () => {
  const source = `
    local system = require "system"
    say(tostring(os.getenv "HOST_TEST"), " ")
    system.setenv("HOST_TEST", "set")
    say(os.getenv "HOST_TEST", " ", io.popen("printf %s $HOST_TEST"):read "a", " ", system.getenvs().HOST_TEST, " ")
    system.setenv("HOST_TEST", nil)
    say(tostring(os.getenv "HOST_TEST"))`;
  expect(runLua(source)).toBe("nil set set set nil");
  expect(process.env.HOST_TEST).toBeUndefined();
});

testWith("time zones")("the time zone is the one that a program sets", () => {
  const source = 'require "system".setenv("TZ", "Asia/Kolkata") say(os.date("%H:%M %Z", 0))';
  expect(runLua(source)).toBe("05:30 IST");
});

test("a module of the program's own wins over ours, which needs no file", () => {
  expect(
    runLua(
      'say(type(require "lfs".attributes), type(require "term".isatty), lfs == require "lfs" and 1 or 0)',
    ),
  ).toBe("functionfunction1");
  const own = 'local f = io.open("lfs.lua", "w") f:write("return \'own\'") f:close() say(require "lfs")';
  expect(runLua(own)).toBe("own");
});

test("a module in C is named, with what to do about it", () => {
  const source =
    'io.open("native.so", "w"):close() package.cpath = "./?.so" say(select(2, pcall(require, "native")))';
  expect(runLua(source)).toBe(
    "error loading module 'native' from file './native.so':\n" +
      "\tit is written in C, which the embedded Lua cannot load: only a native Lua can",
  );
  expect(runLua('say(select(3, package.loadlib("./x.so", "luaopen_x")))')).toBe("absent");
});

test("nothing of fengari's own shows", () => {
  const source = `
    say(tostring(fengari), tostring(package.jspath), tostring(package.loaded.fengari), " ")
    say(debug.traceback("", 1):find("JS", 1, true) and "JS" or "C", " ", debug.getinfo(print).what, " ")
    local f = debug.getinfo(io.open)
    say(f.short_src, " ", f.source, " ", f.linedefined, " ", f.currentline, " ", select("#", debug.getupvalue(io.open, 1)))`;
  expect(runLua(source)).toBe("nilnilnil C C [C] =[C] -1 -1 0");
});

test("a program that changes the standard libraries changes nothing of ours", () => {
  const source = `
    string.find, string.sub, string.format, type, select, ipairs = nil
    table.concat, table.unpack, math.floor, tostring, tonumber, pairs, error, pcall = nil
    local f = io.open("x", "w")
    f:write("1 two\\nthree\\n") f:close()
    for line in io.lines("x") do say(line, ",") end
    f = io.open("x") say(f:read("n"), f:read("L"), os.date("!%F", 0), require "lfs".attributes("x", "size"))`;
  expect(runLua(source)).toBe("1 two,three,1 two\n1970-01-0112");
});

test("arg has what runs Lua before the program", () => {
  const folder = makeFolder({
    "a.lua": 'local f = io.open("out", "w") f:write(arg[-2], arg[-1], arg[0], arg[1])',
  });
  writeFileSync(
    path.join(folder, "run.mjs"),
    `import { runProgram } from ${JSON.stringify(new URL("../../build/engine/fengari/program.js", import.meta.url).href)};
     runProgram({ file: "a.lua", args: ["x"], packagePath: "", interpreter: ["node ", "exec "] }, () => null);`,
  );
  spawnSync(process.execPath, ["run.mjs"], { cwd: folder });
  expect(readFileSync(path.join(folder, "out"), "utf8")).toBe("node exec a.luax");
});

test("what is loaded after a change of folder is measured by its real path; the libraries never are", () => {
  const folder = makeFolder({
    "main.lua":
      'require("lfs").chdir("sub") package.path = "./?.lua" require("inner") io.open("x"):close() os.date()',
    "sub/inner.lua": "local x = 1\nreturn x",
    "sub/x": "",
  });
  const scope = { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] };
  const host = `require("lfs").chdir(${JSON.stringify(folder)})\n`;
  writeFileSync(path.join(folder, "main.lua"), host + readFileSync(path.join(folder, "main.lua"), "utf8"));
  const program = { file: path.join(folder, "main.lua"), args: [], packagePath: "./?.lua" };
  const {
    results: [result],
    hits,
  } = runJob({ program, scope, test: null }, new Int32Array(1));
  expect(result?.message).toBe("");
  expect(Object.keys(hits.bytecode).sort()).toEqual([
    path.join(folder, "main.lua"),
    path.join(folder, "sub/inner.lua"),
  ]);
});

test("a program that ends waits for the commands that it left open", () => {
  const source = 'p = io.popen("sleep 0.1; cat > late; echo >> late", "w") p:write("written")';
  const folder = makeFolder({ "a.lua": source });
  spawnSync(process.execPath, [path.join(import.meta.dirname, "lua.mjs"), "a.lua"], { cwd: folder });
  expect(readFileSync(path.join(folder, "late"), "utf8")).toBe("written\n");
});

test("where a pipe cannot be had, a file stands in for it", () => {
  const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
  onTestFinished(() => void Object.defineProperty(process, "platform", platform));
  Object.defineProperty(process, "platform", { ...platform, value: "darwin" });
  const source = `
    local r = io.popen("echo out; exit 3") say(r:read("a"), select(3, r:close()))
    local w = io.popen("cat > copy; kill -9 $$", "w") w:write("in") say(table.concat({ select(2, w:close()) }, " "))
    say(io.open("copy"):read("a"))`;
  expect(runLua(source)).toBe("out\n3signal 9in");
});

// As in C, what waits to be written is written before popen, but not before system.
test("output keeps its order beside that of children and of standard error", () => {
  const folder = makeFolder({
    "order.lua": `
      print("1") io.stderr:write("2\\n") io.write("3\\n") os.execute("echo 4")
      io.popen("echo 5 1>&2"):close() print("6")
      local p = io.popen("cat", "w") p:write("7\\n") p:close() io.stdout:write("8\\n")`,
  });
  const interpreter = path.join(import.meta.dirname, "lua.mjs");
  const { stdout } = spawnSync("/bin/sh", ["-c", `'${process.execPath}' '${interpreter}' order.lua 2>&1`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("1\n2\n4\n3\n5\n6\n7\n8\n");
});

test("a reader who has left is no error of the program", () => {
  const folder = makeFolder({
    "many.lua": 'for i = 1, 100000 do print("line", i) end io.open("end", "w"):close()',
  });
  const interpreter = path.join(import.meta.dirname, "lua.mjs");
  const { stdout } = spawnSync(
    "/bin/sh",
    ["-c", `'${process.execPath}' '${interpreter}' many.lua | head -1`],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  expect(stdout).toBe("line\t1\n");
});
