import path from "node:path";
import { loadConfig, run } from "luacov-ts";
import { expect } from "vitest";
import { makeFolder } from "../support/folder.js";
import { type ToolName, testWith } from "../support/tools.js";
import { scripted } from "./scripted.js";

const spec = `it("succeeds", function() pcall(error, "caught") end)
it("fails", function()
  assert.equal(1, 2)
end)
it("is pending", function() pending("why") end)
it("errs", function()
  error("thrown")
end)
`;

const unit = `local lu = require "luaunit"
TestAll = {}
function TestAll:test1_success() pcall(error, "caught") lu.success() end
function TestAll:test2_failure()
  lu.assertEquals(1, 2)
end
function TestAll:test3_skip() lu.skip("why") end
function TestAll:test4_error()
  error("thrown")
end
lu.LuaUnit.run()
`;

/** Each failure with its line, and no other. */
const [ofSpec, ofUnit] = [
  [3, 7],
  [5, 9],
];

interface Case {
  readonly lua: string;
  readonly file: string;
  readonly text: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly tools: readonly ToolName[];
  readonly lines: readonly (number | undefined)[];
}

const specs = ["fengari", "5.4", "lua5.1", "luajit"].map((lua): Case => {
  const tools = lua === "lua5.1" || lua === "luajit" ? ([lua] as const) : [];
  return { lua, file: "a_spec.lua", text: spec, options: {}, tools, lines: ofSpec };
});

const units = ["fengari", "lua5.4"].map((lua): Case => {
  const tools = lua === "lua5.4" ? (["luaunit", lua] as const) : (["luaunit"] as const);
  const options = { luaPath: ["/usr/share/lua/5.3/?.lua"] };
  return { lua, file: "a_test.lua", text: unit, options, tools, lines: ofUnit };
});

const installed: Case = {
  lua: "lua5.4",
  file: "a_spec.lua",
  text: spec,
  options: { framework: "busted" },
  tools: ["lua5.4", "busted"],
  lines: ofSpec,
};

for (const { lua, file, text, options, tools, lines } of [...specs, ...units, installed]) {
  const name = [file, lua, options.framework].filter((each) => each !== undefined).join(" ");

  testWith(...tools)(`failures stop a program where they are: ${name}`, async () => {
    const folder = makeFolder({ [file]: text });
    const places: unknown[] = [];
    const debug = scripted(async ({ next, answer, send, go }) => {
      await next("ready");
      send({ command: "errors", mode: "uncaught" });
      go("continue");
      for (let stop = await next("stopped"); stop !== null; stop = await next("stopped")) {
        const { frames } = await answer({ command: "frames", thread: 1, start: 1, count: 20 });
        // What fails an assertion is an installed module, which is further in.
        const chosen = frames[(stop.event === "stopped" ? stop.frame : 0) - 1];
        places.push(chosen?.file?.endsWith(file) ? chosen.line : chosen);
        go("continue");
      }
    });
    const config = await loadConfig({ cwd: folder, coverage: false, lua: [lua], ...options });
    const { results } = await run({ ...config, debug }, { patterns: [path.join(folder, file)] });
    expect(places).toEqual(lines);
    expect(results.map(({ status }) => status).toSorted()).toEqual([
      "error",
      "failure",
      "pending",
      "success",
    ]);
  });
}
