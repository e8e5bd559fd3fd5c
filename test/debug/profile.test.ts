import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { loadConfig, run } from "luacov-ts";
import { expect } from "vitest";
import { toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { scripted } from "./scripted.js";

const program = `local function inner(n)
  return { n }
end
local function outer(n)
  for i = 1, n do inner(i) end
end
outer(10)
for i = 1, 3 do outer(i) end
`;

/** How long the program stands still, in milliseconds. */
const pause = 300;

/** Stops twice in a function, looks at something, and takes its time. */
const frontEnd = (file: string) =>
  scripted(async ({ next, answer, go }) => {
    await next("ready");
    await answer({ command: "breakpoints", lines: [{ id: 1, file, line: 5, defined: 4 }], functions: [] });
    go("continue");
    for (let stop = 0; stop < 2; stop++) {
      if ((await next("stopped")) === null) throw new Error("the program did not stop");
      await answer({ command: "evaluate", text: "inner(1)", depth: 1, thread: 1, frame: 1 });
      await delay(pause / 2);
      go("over");
    }
    await next("stopped");
    await answer({ command: "breakpoints", lines: [], functions: [] });
    go("continue");
    await next("ended");
  });

async function profileOf(lua: string, profileMode: "exact" | "sampling", isDebugged: boolean) {
  const cwd = makeFolder({ "test/main.lua": program });
  const file = path.join(cwd, "test/main.lua");
  const config = await loadConfig({
    cwd,
    lua,
    coverage: false,
    reporter: ["none"],
    profile: true,
    profileMode,
  });
  const debug = isDebugged ? frontEnd(file) : null;
  const { profile, results } = await run({ ...config, debug }, { patterns: [file] });
  expect(results.map(({ status }) => status)).toEqual(["success"]);
  const { functions = [], nodes = [] } = profile ?? {};
  const own = nodes.filter(({ fn }) => functions[fn]?.file === file);
  const calls = own.map(({ fn, calls: count }) => `${functions[fn]?.line}: ${count}`);
  // Microseconds.
  const time = nodes.reduce((sum, { self }) => sum + self, 0);
  return { calls, time: time / 1000 };
}

for (const lua of ["fengari", "5.4", "lua5.1", "luajit"] as const) {
  testWith(...toolsOf(lua))(
    `${lua}: a profile has nothing of what a program does not do while it stands still`,
    async () => {
      const alone = await profileOf(lua, "exact", false);
      const exact = await profileOf(lua, "exact", true);
      expect(exact.calls).toEqual(alone.calls);
      expect(exact.time).toBeLessThan(pause);
      expect((await profileOf(lua, "sampling", true)).time).toBeLessThan(pause);
    },
  );
}
