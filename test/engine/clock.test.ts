import path from "node:path";
import { loadConfig, run } from "luacov-ts";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";

const waits = "local due = os.clock() + 0.3 repeat until os.clock() >= due";

for (const lua of ["fengari", "5.1", "5.4"]) {
  test(`${lua}: what a program uses of the processor is without what others use meanwhile`, async () => {
    const cwd = makeFolder({ "a.lua": waits, "b.lua": waits, "c.lua": waits });
    const config = await loadConfig({ cwd, lua, jobs: 3, reporter: ["none"] });
    const { results } = await run(config, { patterns: [path.join(cwd, "*.lua")] });
    expect(results.map(({ status, duration }) => [status, duration >= 300])).toEqual([
      ["success", true],
      ["success", true],
      ["success", true],
    ]);
  });
}
