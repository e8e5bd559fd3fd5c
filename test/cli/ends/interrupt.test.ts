import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { readCoverage } from "../../../src/index.js";
import { exitCode, startCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { type DifferenceName, differs, testUnless } from "../../support/luaDifferences.js";
import { withoutLua } from "../../support/testLua.js";

const endless = "local function endless() while true do end end\n";

/** Programs that never end. */
const programs: readonly (readonly [name: string, lua: string, ...differences: DifferenceName[]])[] = [
  ["a plain loop", "endless()", "a loop that heeds no signal"],
  ["an empty numeric loop", "for _ = 1, math.huge do end", "a loop that heeds no signal"],
  ["a loop of pcall", "while true do pcall(endless) end", "an interruption that is caught"],
  [
    "a loop of xpcall",
    "while true do xpcall(endless, function() endless() end) end",
    "an interruption that is caught",
  ],
  [
    "a coroutine",
    "coroutine.wrap(function() while true do pcall(endless) end end)()",
    "a coroutine that heeds no signal",
  ],
  ["tail calls", "local function again() return again() end again()", "a loop that heeds no signal"],
  ["a comparator", "table.sort({ 1, 2, 3 }, endless)", "a loop that heeds no signal"],
  ["a message", "error(setmetatable({}, { __tostring = endless }))", "an interruption that is caught"],
];

test("Ctrl-C prints and keeps what was measured, whatever a program is doing", async () => {
  const answers = await Promise.all(programs.map(([name, lua]) => interrupted(name, lua)));
  for (const [index, [name, , ...differences]] of programs.entries()) {
    const isKept = !differences.some(differs);
    expect(answers[index]).toEqual({
      name,
      code: 130,
      results:
        "✖ test/a.lua (N ms)\n    interrupted\n\n0 passed, 1 failed before the interruption; 1 file not run",
      shown: isKept ? true : expect.any(Boolean),
      kept: isKept ? true : expect.any(Boolean),
    });
  }
});

testUnless("what a call in C does")(
  "an interruption inside a library function, where no hook runs, ends the run all the same",
  async () => {
    const folder = makeFolder({
      "src/m.lua": "return 1",
      "test/a.lua": 'require "src.m"',
      // Prints the first match; then gsub tries 2^50 ways to find a second one.
      "test/b.lua": `local a = string.rep
      string.gsub(a("a", 100) .. "b" .. a("a", 49), a("a?", 50) .. a("a", 50), print)`,
    });
    const child = startCli(folder, ["--reporter", "text"]);
    const code = exitCode(child);
    let stdout = "";
    child.stdout.on("data", (chunk) => {
      stdout += withoutLua(String(chunk));
      if (stdout.includes("aaa") && !child.killed) child.kill("SIGTERM");
    });
    expect(await code).toBe(143);
    expect(stdout).toContain("    interrupted inside a library function\n");
    expect(stdout).toContain("\n m.lua    |     100 |");
  },
);

async function interrupted(name: string, lua: string) {
  const folder = makeFolder({
    "src/m.lua": "return 1",
    "test/a.lua": `require "src.m" ${endless} io.stderr:write("ready\\n") ${lua}`,
    "test/b.lua": "print('never started')",
  });
  const child = startCli(folder, ["--jobs", "1", "--reporter", "text"]);
  const code = exitCode(child);
  const stdout = text(child.stdout);
  await once(child.stderr, "data");
  child.kill("SIGINT");
  const [results = "", table = ""] = withoutLua(await stdout)
    .replace(/\(\d+ ms\)/, "(N ms)")
    .split("\n\n----");
  const kept = readCoverage(path.join(folder, ".nyc_output"));
  return {
    name,
    code: await code,
    results,
    shown: table.includes("\n m.lua    |     100 |"),
    kept: kept[path.join(folder, "src/m.lua")]?.s[0] === 1,
  };
}
