import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { judges } from "../source/judge.js";
import { libraryLines } from "../support/libraries.js";
import { testWith } from "../support/tools.js";
import { agent, allLuas, expectSame, makeProject } from "./agent.js";

const parts = readdirSync(path.dirname(agent), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".lua"))
  .map((name) => path.join(path.dirname(agent), name));

for (const [version, judge] of judges) {
  test(`Lua ${version} reads every part of the agent`, () => {
    expect(parts.length).toBeGreaterThan(5);
    for (const part of parts) expect(judge(readFileSync(part, "utf8")), part).toEqual({ ok: true });
  });
}

for (const lua of allLuas) {
  testWith(lua)(`${lua} finds the same in every library with the agent, but for string.luacov_ts`, () => {
    const program = `${libraryLines}for i = #lines, 1, -1 do
  if lines[i] == "string.luacov_ts function" then table.remove(lines, i) end
end
print(table.concat(lines, "\\n"))
print(debug.gethook(), getmetatable(""), getmetatable("").__index == string, package.path)
`;
    const { stdout } = expectSame(makeProject({ "main.lua": program }), [lua, "main.lua"]);
    expect(stdout).toContain("_G.print function");
  });
}
