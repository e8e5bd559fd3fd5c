import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

const endless = "local function endless() while true do end end\n";

/** Programs that never end. */
const programs: readonly (readonly [name: string, lua: string])[] = [
  ["a plain loop", "endless()"],
  ["an empty numeric loop", "for _ = 1, math.huge do end"],
  ["a loop of pcall", "while true do pcall(endless) end"],
  ["a loop of xpcall", "while true do xpcall(endless, function() endless() end) end"],
  ["a coroutine", "coroutine.wrap(function() while true do pcall(endless) end end)()"],
  ["tail calls", "local function again() return again() end again()"],
  ["a comparator", "table.sort({ 1, 2, 3 }, endless)"],
  ["a message", "error(setmetatable({}, { __tostring = endless }))"],
];

test.for(programs)("Ctrl-C in %s prints and keeps what was measured", async ([, lua]) => {
  const folder = makeFolder({
    "src/m.lua": "return 1",
    "test/a.lua": `require "src.m" ${endless} io.stderr:write("ready\\n") ${lua}`,
    "test/b.lua": "print('never started')",
  });
  const child = startCli(folder, ["--reporter", "text"]);
  const code = exitCode(child);
  const stdout = text(child.stdout);
  await once(child.stderr, "data");
  child.kill("SIGINT");
  expect(await code).toBe(130);
  const [results, table] = (await stdout).split("\n\n----");
  expect(results).toMatch(
    /^✖ test\/a\.lua \(\d+ ms\)\n {4}interrupted\n\n0 passed, 1 failed before the interruption$/,
  );
  expect(table).toContain("\n m.lua    |     100 |");

  const later = await runCli(folder, ["report", "--reporter", "text"]);
  expect([later.code, later.stdout.includes(" m.lua    |     100 |")]).toEqual([0, true]);
});

test("an interruption inside a library function, where no hook runs, ends the run all the same", async () => {
  const folder = makeFolder({
    "src/m.lua": "return 1",
    "test/a.lua": 'require "src.m"',
    "test/b.lua": 'io.stderr:write("ready\\n") string.rep("x", 1 << 30)',
  });
  const child = startCli(folder, ["--reporter", "text"]);
  const code = exitCode(child);
  const stdout = text(child.stdout);
  await once(child.stderr, "data");
  child.kill("SIGTERM");
  expect(await code).toBe(143);
  expect(await stdout).toContain(
    "    interrupted inside a library function; the hits of this file are lost\n",
  );
  expect(await stdout).toContain("\n m.lua    |     100 |");
});
