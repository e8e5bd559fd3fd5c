import path from "node:path";
import { loadConfig, profile } from "luacov-ts";
import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { listing } from "./profiled.js";

const spec = `local function work(n)
  for i = 1, n do math.abs(i) end
end
describe("a stack", function()
  before_each(function() work(1) end)
  it("grows", function() work(2) end)
  it("shrinks", function()
    local co = coroutine.wrap(function() work(3) end)
    co()
  end)
end)
`;

for (const engine of engines) {
  testWith(...toolsOf(engine))(`${engine}: each test has its own calls`, async () => {
    const cwd = makeFolder({ "a_spec.lua": spec });
    const config = await loadConfig({
      cwd,
      lua: engine,
      profileMode: "exact",
      perTest: true,
      jobs: 1,
      reporter: ["none"],
    });
    const result = await profile(config, { patterns: [path.join(cwd, "a_spec.lua")] });
    expect(result.results.map(({ status }) => status)).toEqual(["success", "success"]);
    const calls = listing(result.profile);
    const ofTest = (name: string) => {
      const start = calls.findIndex((line) => line.startsWith(name));
      const end = calls.findIndex((line, index) => index > start && !line.startsWith(" "));
      return calls.slice(start + 1, end === -1 ? undefined : end).filter((line) => line.includes("math.abs"));
    };
    expect(ofTest("a stack grows").map((line) => line.trim())).toContain("math.abs 2");
    expect(ofTest("a stack shrinks").map((line) => line.trim())).toContain("math.abs 3");
    expect(calls).toEqual(expect.arrayContaining(["a stack grows 1", "a stack shrinks 1"]));
    const { functions } = result.profile;
    expect(functions.filter(({ kind }) => kind === "test").map(({ line }) => line)).toEqual([6, 7]);
  });
}
