import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { luas } from "../agent/agent.js";
import { runCli } from "../support/cli.js";
import { makeProject } from "../support/project.js";
import { testWith } from "../support/tools.js";

const files = {
  "main.lua": `local function size(n)
  if n > 2 then
    return "big"
  end
  return "small"
end
local function unused()
  return 1
end
for _ = 1, 3 do
  print(size(3))
end
local co = coroutine.wrap(function()
  coroutine.yield(size(1))
end)
co()
`,
};

for (const lua of luas) {
  testWith(lua)(`cover --collector hook counts lines and functions of ${lua}`, async () => {
    const folder = makeProject(files);
    const args = ["cover", "--collector", "hook", "--reporter", "json", "--", lua, "main.lua"];
    const { code, stdout, stderr } = await runCli(folder, args);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "big\nbig\nbig\n", stderr: "" });
    const map = JSON.parse(readFileSync(path.join(folder, "coverage/coverage-final.json"), "utf8"));
    const { statementMap, s, fnMap, f, branchMap } = map[path.join(folder, "main.lua")];
    const lines = Object.fromEntries(
      Object.entries(s).map(([id, count]) => [statementMap[id].start.line, count]),
    );
    // In LuaJIT a line begins anew after a call in it.
    const again = lua === "luajit" ? 2 : 1;
    expect(lines).toMatchObject({ 2: 4, 3: 3, 5: 1, 8: 0, 11: 3 * again, 14: again, 16: 1 });
    const calls = Object.fromEntries(Object.entries(f).map(([id, count]) => [fnMap[id].name, count]));
    expect(calls).toEqual({ size: 4, unused: 0, "(anonymous_3)": 1 });
    expect(branchMap).toEqual({});
  });
}
