import { expect, test } from "vitest";
import { toolsOf } from "../../engine/contract.js";
import { testWith } from "../../support/tools.js";
import { launch } from "./debugging.js";

const coroutines = `local other = require "other"
local co = coroutine.create(function(n)
  local inner = n
  coroutine.yield(inner)
end)
coroutine.resume(co, 7)
other(function()
  return 1
end)
print("over")
`;

test("coroutines have their own calls, files are skipped, and sources listed", async () => {
  const { editor, stack, goOn, end } = await launch({
    files: { "app.lua": coroutines, "other.lua": "return function(call)\n  return (call())\nend\n" },
    launch: { program: "app.lua", skipFiles: ["/other%.lua$"] },
    breakpoints: { "app.lua": [4] },
  });
  // A coroutine is known from where something of it was heard on.
  expect((await editor.event("stopped")).threadId).toBe(2);
  expect(await goOn("stepOut")).toBe("step");
  const { threads } = await editor.ask("threads");
  expect(threads).toEqual([
    { id: 1, name: "main" },
    { id: 2, name: "coroutine 2 (suspended at app.lua:4)" },
  ]);
  const { stackFrames } = await editor.ask("stackTrace", { threadId: 2 });
  expect(stackFrames.map(({ line, presentationHint }) => [line, presentationHint])).toEqual([
    [0, "subtle"],
    [4, "normal"],
  ]);
  const inner = { expression: "inner", frameId: stackFrames[1]?.id, context: "clipboard" };
  expect((await editor.ask("evaluate", inner)).result).toBe("7");
  // The function is made at its end, and called at the beginning of its call.
  for (const line of [9, 7, 8]) {
    expect(await goOn("stepIn")).toBe("step");
    expect((await stack())[0]).toMatch(`app.lua:${line} `);
  }
  const { sources } = await editor.ask("loadedSources");
  expect(sources.map(({ name }) => name)).toEqual(["app.lua", "other.lua"]);
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
});

test("a restart may be of something else, and of nothing ends the session", async () => {
  const { editor, end } = await launch({
    files: { "a.lua": "print 'a'\n", "b.lua": "print(...)\n" },
    launch: { program: "a.lua", stopOnEntry: true },
  });
  await editor.event("stopped");
  await editor.ask("restart", { arguments: { program: "b.lua", args: ["x", "y"] } });
  expect(await end()).toBe(0);
  expect(editor.output("stdout")).toBe("x\ty\n");
  await expect(editor.ask("restart", { arguments: { program: "none.lua" } })).rejects.toThrow(/none\.lua/);
  await editor.event("terminated");
});

const failing = `describe("sums", function()
  it("are right", function() print("in a test") end)
  pending("are for later")
end)
`;

test("files of tests come one after the other, and tell how their tests end", async () => {
  const { editor, end } = await launch({
    files: { "spec/a_spec.lua": failing, "spec/b_spec.lua": "error('no specs')\n" },
    launch: { tests: [] },
  });
  expect(await end()).toBe(1);
  expect(editor.output("console").replace(/\(\d+ ms\)/g, "(N ms)")).toMatch(
    /a_spec\.lua in Lua 5\.3\n(.*\n)*ok sums are right \(N ms\)\npending sums are for later \(N ms\)\n/,
  );
  expect(editor.output("console")).toMatch(/b_spec\.lua in Lua 5\.3\n/);
  expect(editor.output("stdout")).toBe("in a test\n");
  expect(editor.output("stderr")).toMatch(/^ERROR spec\/b_spec\.lua.*\n.*no specs/);
});

test.for(["fengari", "5.4"])("a script of %s tells its own exit code", async (lua) => {
  const { end } = await launch({
    files: { "app.lua": "os.exit(7)\n" },
    launch: { program: "app.lua", lua },
  });
  expect(await end()).toBe(7);
});

const loading = `local compile = loadstring or load
local function call(n)
  return (assert(compile("local n = ...\\n\\nlocal m = n + 1\\nreturn m"))(n))
end
print(call(1))
print(call(2))
`;

for (const lua of ["fengari", "5.4", "lua5.1"] as const) {
  testWith(...toolsOf(lua))(
    `${lua}: a text that was loaded has breakpoints, each time that it is loaded`,
    async () => {
      const { editor, stack, goOn, end } = await launch({
        files: { "app.lua": loading },
        launch: { program: "app.lua", lua },
        breakpoints: { "app.lua": [5] },
      });
      await editor.event("stopped");
      expect(await goOn("stepIn")).toBe("step");
      expect(await goOn("stepIn")).toBe("step");
      const { stackFrames } = await editor.ask("stackTrace", { threadId: 1 });
      const source = stackFrames[0]?.source;
      expect(source).toMatchObject({ name: '[string "local n = ......"]', sourceReference: 1 });
      const { breakpoints } = await editor.ask("setBreakpoints", { source, breakpoints: [{ line: 2 }] });
      expect(breakpoints).toMatchObject([{ verified: true, line: 3, source }]);
      for (const _ of [1, 2]) {
        expect(await goOn("continue")).toBe("breakpoint");
        expect((await stack())[0]).toMatch(/^\[string "local n = ......"\]:3 /);
      }
      await editor.ask("continue", { threadId: 1 });
      expect(await end()).toBe(0);
      expect(editor.output("stdout")).toBe("2\n3\n");
    },
  );
}
