import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, vi } from "vitest";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { coverageIn } from "../support/cover.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

/** So many files that a launcher starts them, all but the first ones. */
const count = 80;
const trivial = Array.from({ length: count }, (_, index) => [
  `test/${String(index).padStart(2, "0")}.lua`,
  'require "m"()',
]);
const sources = { "m.lua": "return function() end", ...Object.fromEntries(trivial) };
const flags = ["--lua", "lua5.4", "--jobs", "2", "--reporter", "none", "test"];

/** Tells the number of the process that has started this Lua. */
const parent = `local pipe = io.popen "exec sed 's/.*) . \\\\([0-9]*\\\\) .*/\\\\1/' /proc/$PPID/stat"
local parent = pipe:read "*a":match "%d+"
pipe:close()
`;

const testLauncher = testWith("lua5.4", "Linux");

testLauncher.for(["1", "2"])(
  "many programs, %s at a time, are started by another process, and end as ever",
  async (jobs) => {
    const folder = makeFolder({
      ...sources,
      "test/x1.lua": `${parent}io.open("parent", "w"):write(parent):close() print(parent)`,
      "test/x2.lua": "while true do end",
      "test/x3.lua": "os.execute 'kill -SEGV $PPID' os.execute 'sleep 5'",
      "test/x4.lua": "io.stderr:write 'told' os.exit(3)",
      "test/x5.lua": "print(io.read '*a')",
      "test/x6.lua": "local t = {} while true do t = { t, {}, {} } end",
    });
    const child = startCli(folder, ["--timeout", "3", "--max-memory", "200", ...flags, "--jobs", jobs]);
    let stdout = "";
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.resume();
    expect(await exitCode(child)).toBe(1);
    expect(readFileSync(path.join(folder, "parent"), "utf8")).not.toBe(String(child.pid));
    const told = stdout.slice(stdout.indexOf("✔ test/x1.lua")).replace(/\d+ ms/g, "N ms");
    for (const each of [
      "✖ test/x2.lua (lua5.4) (N ms)\n    timed out at test/x2.lua:1\n",
      "✖ test/x3.lua (lua5.4) (N ms)\n    the Lua of this file was ended by SIGSEGV\n",
      "✖ test/x4.lua (lua5.4) (N ms)\n    os.exit was called with code 3\n",
      "✔ test/x5.lua (lua5.4) (N ms)\n",
      "✖ test/x6.lua (lua5.4) (N ms)\n    the program ran out of memory",
      `\n${count + 2} passed, 4 failed\n`,
    ]) {
      expect(told).toContain(each);
    }
    expect(coverageIn(folder)["m.lua"]?.f).toEqual({ 0: count });
  },
);

testLauncher(
  "a launcher that is killed fails what it was to start, and the files behind that run",
  async () => {
    const folder = makeFolder({
      ...sources,
      "test/x1.lua": `${parent}os.execute("kill -KILL " .. parent) while true do end`,
      ...Object.fromEntries(trivial.map(([name = "", text]) => [name.replace("/", "/y"), text])),
    });
    const { code, stdout } = await runCli(folder, flags);
    expect(stdout).toMatch(
      /^✖ test\/x1\.lua .*\n {4}the Lua of this file cannot be started: the process that starts programs has ended\n/m,
    );
    expect(stdout).toContain(`✔ test/y${count - 1}.lua `);
    expect(code).toBe(1);
  },
);

testLauncher("what a launcher has started ends with a command that is killed", async () => {
  const folder = makeFolder({
    ...sources,
    "test/x1.lua": `os.execute "echo $PPID > told; mv told pid" while true do end`,
  });
  const child = startCli(folder, flags);
  child.stdout.resume();
  const pid = path.join(folder, "pid");
  await vi.waitUntil(() => existsSync(pid), { timeout: 60_000 });
  child.kill("SIGKILL");
  await exitCode(child);
  await vi.waitUntil(() => !existsSync(`/proc/${readFileSync(pid, "utf8").trim()}`), { timeout: 20_000 });
});
