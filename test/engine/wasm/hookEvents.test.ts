import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { WasmVersion } from "../../../src/engine/wasm/package/versions.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith, toolPath } from "../../support/tools.js";

const program = readFileSync(path.join(import.meta.dirname, "../hookEvents.lua"));

const files = {
  "main.lua": program,
  "module.lua": `local M = {}
function M.size(n)
  if n > 2 then
    n = "big"
  else
    n = n and "small"
  end
  return n
end
M.size(1)
return M
`,
  "yields.lua": "coroutine.yield(1)\nreturn 1\n",
  "broken.lua": "x = = 1\n",
};

const luas = {
  "lua5.1": "5.1",
  "lua5.2": "5.2",
  "lua5.3": "5.3",
  "lua5.4": "5.4",
  "lua5.5": "5.5",
} as const satisfies Record<string, WasmVersion>;

for (const lua of Object.keys(luas) as (keyof typeof luas)[]) {
  testWith(lua)(`a program's own hooks see in embedded ${luas[lua]} what they see in ${lua}`, async () => {
    const { stdout } = spawnSync(toolPath(lua), ["main.lua"], {
      cwd: makeFolder(files),
      encoding: "utf8",
      maxBuffer: 2 ** 24,
    });
    expect(stdout).toMatch(/^true\n$/m);
    const measured = ["--lua", luas[lua], "--reporter", "none", "exec", "main.lua"];
    const ours = await runCli(makeFolder(files), measured);
    expect(ours.stderr).toBe("");
    expect(ours.stdout).toBe(stdout);
  });
}
