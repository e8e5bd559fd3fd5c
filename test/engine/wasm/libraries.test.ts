import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { wasmVersions } from "../../../src/engine/wasm/package/versions.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { makeProject } from "../../support/project.js";
import { runEmbedded } from "./compare.js";

function run(version: (typeof wasmVersions)[number], text: string) {
  const script = path.join(makeFolder({ "script.lua": text }), "script.lua");
  const { stdout, stderr, code } = runEmbedded(version, script);
  return [stdout, stderr, code];
}

const modules = `
local lfs, system, term = require "lfs", require "system", require "term"
print(_G.lfs == lfs, lfs.currentdir() == os.getenv "PWD" or "another folder", lfs.attributes("script.lua", "mode"))
print(lfs.mkdir "folder", lfs.chdir "folder", io.open("inside", "w"):close(), lfs.attributes("inside", "size"))
os.execute "ls"
for name in lfs.dir "." do io.write(name, " ") end
local iterate, handle = lfs.dir "."
print(type(handle), handle:next(), handle:close(), pcall(handle.next, handle))
print(pcall(lfs.dir, "/no/such"))
print(select(2, pcall(lfs.attributes)))
print(pcall(function() lfs.mkdir {} end))
print(select(2, xpcall(function() lfs.mkdir {} end, debug.traceback)):match "[^\\n]*\\n[^\\n]*\\n[^\\n]*")
print((lfs.setmode(io.stdout, "binary")), pcall(lfs.setmode, 1, "text"))
print(system.setenv("MADE_HERE", "yes"), os.getenv "MADE_HERE", system.isatty(io.stdin), term.isatty(io.stdout), #system.random(3))
os.execute "echo $MADE_HERE"
print(term.colors.red("x") == "\\27[31mx\\27[0m", type(system.gettime()), (pcall(system.sleep, {})))`;

const names = {
  "5.1": ["?", "?", "in function 'mkdir'"],
  "5.2": ["lfs.attributes", "lfs.setmode", "in function 'mkdir'"],
  "5.3": ["lfs.attributes", "lfs.setmode", "in function 'lfs.mkdir'"],
  "5.4": ["lfs.attributes", "lfs.setmode", "in function 'lfs.mkdir'"],
  "5.5": ["lfs.attributes", "lfs.setmode", "in field 'mkdir'"],
} as const;

test.for(wasmVersions)("lfs, system and term are there in %s, and their functions look like C", (version) => {
  const [attributes, setmode, mkdir] = names[version];
  const [stdout, stderr, code] = run(version, `io.stdout:setvbuf "no" ${modules}`);
  expect(stdout).toBe(`true\tanother folder\tfile
true\ttrue\ttrue\t0
inside
. .. inside userdata\t.\tnil\tfalse\tbad argument #1 to '?' (closed directory)
false\tcannot open /no/such: No such file or directory
bad argument #1 to '${attributes}' (string expected, got no value)
false\tscript.lua:11: bad argument #1 to 'mkdir' (string expected, got table)
script.lua:12: bad argument #1 to 'mkdir' (string expected, got table)
stack traceback:
\t[C]: ${mkdir}
true\tfalse\tbad argument #1 to '${setmode}' (FILE* expected, got number)
true\tyes\tfalse\tfalse\t3
yes
true\tnumber\tfalse
`);
  expect([stderr, code]).toEqual(["", 0]);
});

test.for(wasmVersions)("lfs is found in %s by a program that has changed everything before", (version) => {
  const text = `
    local print, require, type = print, require, type
    io.open, load, loadstring, setfenv, assert, error, select, table.concat = nil
    setmetatable(_G, { __index = function(_, name) return 1 + ("undeclared " .. name) end })
    print(type(require "lfs".dir), type(require "term".cursor))`;
  expect(run(version, text)).toEqual(["function\ttable\n", "", 0]);
});

test.for(wasmVersions)("in %s what was written is there at the end, however a program ends", (version) => {
  for (const [end, code] of [
    ["", 0],
    ["os.exit(3)", 3],
    ["error 'x'", 1],
    ["coroutine.wrap(function() os.exit(4) end)()", 4],
  ] as const) {
    const folder = makeFolder({});
    const file = path.join(folder, "written");
    const text = `
      local f = io.open(${JSON.stringify(file)}, "w")
      f:write "in the file"
      closing = io.popen("cat > ${file}2", "w")
      closing:write "in the command"
      io.write "on standard output"
      ${end}`;
    const [stdout, stderr, status] = run(version, text);
    expect([stdout, String(stderr).replace(/^lua: .*/s, "lua:"), status]).toEqual([
      "on standard output",
      end.startsWith("error") ? "lua:" : "",
      code,
    ]);
    expect(readFileSync(file, "utf8")).toBe("in the file");
    expect(readFileSync(`${file}2`, "utf8")).toBe("in the command");
  }
});

test.for(wasmVersions)(
  "%s says of a module in C which Lua can load it, and leaves out none on the way",
  (version) => {
    const project = makeFolder({ "bin/x": "", "m.so": "", "n.lua": "return 'in Lua'" });
    const text = `
    package.path, package.cpath = "${project}/?.lua", "${project}/?.so"
    print(select(2, pcall(require, "m")))
    print(select(2, pcall(require, "m.sub")))
    print(require "n", (select(2, pcall(require, "missing")):match "no file '[^']*so'"))
    print((select(2, package.loadlib("${project}/m.so", "*"))))`;
    const [stdout] = run(version, text);
    const remedy = /only a native Lua can( \(--lua lua[\d.]+\))?/g;
    const reason = "it is written in C, which the embedded Lua cannot load: <remedy>";
    expect(String(stdout).replaceAll(project, "<project>").replace(remedy, "<remedy>")).toBe(
      `error loading module 'm' from file '<project>/m.so':\n\t${reason}
error loading module 'm.sub' from file '<project>/m.so':\n\t${reason}
in Lua\tno file '<project>/missing.so'
the embedded Lua cannot load libraries in C, <remedy>\n`.replace(
        "'<project>/missing.so'",
        `'${"<folder>"}/missing.so'`.replace("<folder>", "<project>"),
      ),
    );
  },
);

test.for(wasmVersions)(
  "in a sandbox, %s is measured, and no test writes where the counters are",
  async (version) => {
    const folder = makeProject({
      "src/m.lua": "return function(x) if x then return 1 end return 2 end\n",
      "spec/m_spec.lua": `
      local m = require "src.m"
      it("runs", function() assert.equal(1, m(true)) end)
      it("finds the counters' folder", function()
        local file = os.getenv "LUACOV_TS_HITS" .. "/hits-made-up"
        local ok, message = pcall(io.open, file, "w")
        assert.is_false(ok)
        assert.matches("the sandbox allows no writing", message)
        assert.is_nil(debug.getupvalue)
      end)`,
    });
    const args = ["--sandbox", "--lua", version, "--reporter", "json", "spec"];
    const { code, stderr } = await runCli(folder, args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(existsSync(path.join(folder, "coverage/coverage-final.json"))).toBe(true);
  },
);

test.for(wasmVersions)(
  "%s rounds halves to even, writes integers of 64 bits and knows times beyond 32",
  (version) => {
    const text = `
    for i = 0, 3 do io.write(string.format("%.0f %.3g %.10g ", i + 0.5, i + 100.5, i + 1234567890.5)) end
    print(string.format("%d %x %5.1f", 2 ^ 53, 2 ^ 40, 0.25))
    print(os.date("!%Y-%m-%d", 2 ^ 35), os.date("!%Y", -2 ^ 35), os.time { year = 2100, month = 1, day = 1, hour = 12 } > 2 ^ 31)
    print(os.difftime(2 ^ 40, 1) == 2 ^ 40 - 1, pcall(os.date, "!%Y", 2 ^ 62))`;
    const [stdout] = run(version, text);
    const none = {
      "5.1": "true\tnil",
      "5.2": "true\tnil",
      "5.3": "false\ttime result cannot be represented in this installation",
      "5.4": "false\tdate result cannot be represented in this installation",
      "5.5": "false\tdate result cannot be represented in this installation",
    } as const;
    expect(stdout).toBe(
      `0 100 1234567890 2 102 1234567892 2 102 1234567892 4 104 1234567894 9007199254740992 10000000000   0.2
3058-10-26	881	true
true	${none[version]}\n`,
    );
  },
);
