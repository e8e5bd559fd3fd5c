import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { runCli } from "../../support/cli.js";
import { luas } from "../../support/debianLua.js";
import { makeProject } from "../../support/project.js";
import { testWith } from "../../support/tools.js";

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

const many = Array.from({ length: 242 }, (_, index) => index).join(", ");

/** A function with a call that has no register left for a probe, between others. */
const tight = `local function last(...)
  return (select(-1, ...))
end
local function crowded(a)
  local b = a
  if b then
    return last(${many}, a and last(b))
  end
  return nil
end
local function other(n)
  if n > 1 then return n and crowded(n) end
end
print(other(1), other(2), other(3))
`;

for (const lua of luas) {
  testWith(lua)(
    `${lua} counts by the hook the lines of a function that is too tight for probes`,
    async () => {
      const folder = makeProject({ "main.lua": tight });
      const { code, stdout, stderr } = await runCli(folder, [
        "cover",
        "--reporter",
        "json",
        "--",
        lua,
        "main.lua",
      ]);
      const compiler = lua === "luajit" ? ", for which LuaJIT compiles nothing" : "";
      const warning = `WARNING: main.lua:4: function crowded has no room for probes, since its calls have too many arguments; its lines are counted by Lua's hook${compiler}`;
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "nil\t2\t3\n", stderr: `${warning}\n` });
      const map = JSON.parse(readFileSync(path.join(folder, "coverage/coverage-final.json"), "utf8"));
      const { statementMap, s, fnMap, f, branchMap, b } = map[path.join(folder, "main.lua")];
      const counts = Object.entries(s).map(([id, count]) => [statementMap[id].start.line, count]);
      expect(counts).toEqual([
        [1, 1],
        [2, 4],
        [4, 1],
        [5, 2],
        [6, 2],
        // In LuaJIT a line begins anew after a call in it.
        [7, lua === "luajit" ? 4 : 2],
        [9, 0],
        [11, 1],
        [12, 3],
        [12, 2],
        [14, 1],
      ]);
      const calls = Object.entries(f).map(([id, count]) => [fnMap[id].name, count]);
      expect(calls).toEqual([
        ["last", 4],
        ["crowded", 2],
        ["other", 3],
      ]);
      const branches = Object.entries(b).map(([id, arms]) => [branchMap[id].loc.start.line, arms]);
      expect(branches).toEqual([
        [12, [2, 1]],
        [12, [2, 2]],
      ]);
    },
  );

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
