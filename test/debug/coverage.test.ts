import { readFileSync } from "node:fs";
import path from "node:path";
import { loadConfig, run } from "luacov-ts";
import { expect } from "vitest";
import { connect } from "../../src/debug/client.js";
import { breakpointPlace } from "../../src/debug/places.js";
import type { DebuggedProgram } from "../../src/debug/program.js";
import type { DebugEvent, Go } from "../../src/debug/protocol.js";
import { toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";

const files = {
  "src/m.lua": `-- begins later
local M = {}

function M.size(a)
  local isBig = a and a > 1
  if isBig then
    return "big"
  end
  return "small"
end

return M
`,
  "test/main.lua": `local m = require "src.m"
assert(m.size(1) == "small")
assert(m.size(5) == "big")
`,
};

type Stop = Extract<DebugEvent, { event: "stopped" }>;

const luas = ["fengari", "5.1", "5.4", "lua5.1", "lua5.4", "luajit"] as const;

for (const lua of luas) {
  testWith(...toolsOf(lua))(`${lua}: what stops at each line covers what it covers without`, async () => {
    const cwd = makeFolder(files);
    const config = await loadConfig({ cwd, lua, reporter: ["none"] });
    const patterns = [path.join(cwd, "test")];
    const alone = await run(config, { patterns });
    const places: string[] = [];
    const debug = (program: DebuggedProgram) => stepThrough(program, path.join(cwd, "src/m.lua"), places);
    const debugged = await run({ ...config, debug: { debug } }, { patterns });
    expect(debugged.results.map(({ status }) => status)).toEqual(["success"]);
    expect(debugged.coverage).toEqual(alone.coverage);
    expect(Object.keys(alone.coverage)).toEqual([path.join(cwd, "src/m.lua")]);
    // The locals that hold counters are none of the program's.
    expect(places).toEqual([
      "breakpoint 5 a",
      "step 6 a isBig",
      "step 9 a isBig",
      "breakpoint 5 a",
      "step 6 a isBig",
    ]);
  });
}

for (const lua of luas) {
  testWith(...toolsOf(lua))(
    `${lua}: a breakpoint stops in a copy that is loaded after it was set`,
    async () => {
      const cwd = makeFolder(files);
      const config = await loadConfig({ cwd, lua, reporter: ["none"] });
      const file = path.join(cwd, "src/m.lua");
      const stops: unknown[] = [];
      const debug = async (program: DebuggedProgram) => {
        const { client, go } = standing(program);
        stops.push((await go({ kind: "in" }))?.reason);
        const lines = [{ id: 1, file, ...(breakpointPlace(readFileSync(file), 5) ?? { line: 5 }) }];
        await client.request({ command: "breakpoints", lines, functions: [] });
        for (let stop = await go({ kind: "continue" }); stop !== null; stop = await go({ kind: "continue" }))
          stops.push(stop.reason);
      };
      await run({ ...config, debug: { debug } }, { patterns: [path.join(cwd, "test")] });
      expect(stops).toEqual(["entry", "breakpoint", "breakpoint"]);
    },
  );
}

/** Stops at line 5, and at two lines behind it. */
async function stepThrough(program: DebuggedProgram, file: string, places: string[]): Promise<void> {
  const { client, go } = standing(program);
  const place = breakpointPlace(readFileSync(file), 5);
  const lines = [{ id: 1, file, ...(place ?? { line: 5 }) }];
  await client.request({ command: "breakpoints", lines, functions: [] });
  for (const kind of ["continue", "over", "over", "continue", "over"] as const) {
    const stopped = await go({ kind });
    if (stopped === null) break;
    const frame = { thread: stopped.thread, frame: 1 };
    const { frames } = await client.request({ command: "frames", thread: 1, start: 1, count: 1 });
    const [locals] = await client.request({ command: "scopes", ...frame });
    const reference = locals?.reference ?? 0;
    const variables = await client.request({ command: "variables", reference, start: 1, count: 10 });
    places.push([stopped.reason, frames[0]?.line, ...variables.map(({ name }) => name)].join(" "));
  }
  await client.request({ command: "detach" });
  await client.ended;
}

/** Who goes on, and hears where the program stands then; null at its end. */
function standing(program: DebuggedProgram) {
  let hear: (stop: Stop | null) => void = () => {};
  const client = connect(program, (event) => {
    if (event.event === "stopped") hear(event);
  });
  const go = async (go: Go): Promise<Stop | null> => {
    const stop = new Promise<Stop | null>((resolve) => {
      hear = resolve;
      client.ended.then(() => resolve(null));
    });
    await client.request({ command: "go", go });
    return stop;
  };
  return { client, go };
}
