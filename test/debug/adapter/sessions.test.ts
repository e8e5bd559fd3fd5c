import { expect } from "vitest";
import { type ToolName, testWith } from "../../support/tools.js";
import { launch } from "./debugging.js";

/** In which Luas each session is led, and what each has to have for it; null for fengari. */
const luas: readonly (readonly [lua: string | undefined, ...tools: ToolName[]])[] = [
  [undefined],
  ["5.4"],
  ["lua5.1", "lua5.1"],
  ["luajit", "luajit"],
];

/** A session in each of the Luas. */
function session(name: string, lead: (lua: { readonly lua?: string }) => Promise<void>): void {
  for (const [lua, ...tools] of luas) {
    testWith(...tools)(`${name}, in ${lua ?? "fengari"}`, () => lead(lua === undefined ? {} : { lua }));
  }
}

const counting = `local counts = { first = 1 }

local function add(a, b)
  -- adds
  local sum = a + b
  return sum
end

for index = 1, 5 do
  counts.first = add(counts.first, index)
end
print(counts.first)
`;

session("breakpoints are moved, have conditions, count, and log", async (lua) => {
  const { editor, breakAt, evaluate, stack, goOn, end } = await launch({
    files: { "app.lua": counting },
    launch: { program: "app.lua", stopOnEntry: true, ...lua },
  });
  expect((await editor.event("stopped")).reason).toBe("entry");
  expect(
    await breakAt(
      "app.lua",
      { line: 4, condition: "a > 3" },
      { line: 10, hitCondition: ">= 5" },
      { line: 6, logMessage: "{a} and {b} are {sum}" },
      14,
      { line: 9, hitCondition: "often" },
      { line: 9, condition: "a ==" },
    ),
  ).toEqual([
    "line 5",
    "line 10",
    "line 6",
    "No code follows this line",
    '"often" is no count of hits: write 5, or >= 5, to stop from the fifth time on',
    'No Lua reads the condition "a =="',
  ]);
  expect(await goOn("continue")).toBe("breakpoint");
  expect(await stack()).toEqual(["app.lua:5 function 'add'", "app.lua:10 main chunk"]);
  expect(await evaluate("a, b", "watch")).toBe("4, 3");
  expect(await goOn("continue")).toBe("breakpoint");
  expect(await evaluate("a, b", "watch")).toBe("7, 4");
  expect(await goOn("continue")).toBe("breakpoint");
  expect(await stack()).toEqual(["app.lua:10 main chunk"]);
  await breakAt("app.lua");
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
  expect(editor.output("console")).toMatch(/1 and 1 are 2\n2 and 2 are 4\n4 and 3 are 7\n7 and 4 are 11\n/);
  expect(editor.output("console")).toMatch(/A debugger can write any variable of the program\.\n/);
  expect(editor.output("stdout")).toBe("16\n");
});

session("steps go in, over and out, and functions stop by their names", async (lua) => {
  const { editor, stack, goOn, end } = await launch({
    files: { "app.lua": counting },
    launch: { program: "app.lua", ...lua },
    breakpoints: { "app.lua": [10] },
  });
  await editor.event("stopped");
  expect(await goOn("stepIn")).toBe("step");
  expect(await stack()).toEqual(["app.lua:5 function 'add'", "app.lua:10 main chunk"]);
  expect(await goOn("next")).toBe("step");
  expect(await goOn("stepOut")).toBe("step");
  expect((await stack())[0]).toMatch(/^app\.lua:(9|10) main chunk$/);
  await editor.ask("setBreakpoints", { source: { path: "app.lua" }, breakpoints: [] });
  const { breakpoints } = await editor.ask("setFunctionBreakpoints", {
    breakpoints: [{ name: "print" }, { name: "add", hitCondition: "x" }],
  });
  expect(breakpoints.map(({ verified }) => verified)).toEqual([true, false]);
  await editor.ask("terminate");
  await end();
});

const nested = `local config = { servers = { { name = "a" }, { name = "b" } }, [true] = 1 }
local function fill(many, count)
  for index = 1, count do many[index] = index end
  return many
end
local many = fill({}, ...)
local function look(...)
  local text = "ä\\255"
  return config, many, text, ...
end
look(nil, 2)
many = nil
`;

session("variables are there by pages, and can be set", async (lua) => {
  const { editor, scope, scopeReference, evaluate, goOn, end } = await launch({
    files: { "app.lua": nested },
    launch: { program: "app.lua", args: ["1000000"], ...lua },
    breakpoints: { "app.lua": [9] },
  });
  await editor.event("stopped");
  expect(await scope("Locals")).toContain('text = "\\195\\164\\255"');
  const upvalues = await scopeReference("Upvalues");
  const { variables } = await editor.ask("variables", { variablesReference: upvalues });
  expect(variables.map(({ name, type }) => `${name}: ${type}`)).toEqual(["config: table", "many: table"]);
  const [config, many] = variables.map(({ variablesReference }) => variablesReference);
  const inConfig = await editor.ask("variables", { variablesReference: config });
  expect(inConfig.variables.map(({ name, evaluateName }) => [name, evaluateName])).toEqual([
    ["[true]", "config[true]"],
    ["servers", "config.servers"],
  ]);
  const open = (variable: { readonly variablesReference: number } | undefined) =>
    editor.ask("variables", { variablesReference: variable?.variablesReference ?? 0 });
  const parts = await open(variables[1]);
  expect(parts.variables.length).toBe(100);
  const smaller = await open(parts.variables[99]);
  expect(smaller.variables.map(({ name }) => name).slice(-1)).toEqual(["[999901…1000000]"]);
  const last = await open(smaller.variables[99]);
  expect(last.variables.slice(-1)).toMatchObject([{ name: "[1000000]", value: "1000000" }]);
  const set = { variablesReference: config, name: "[true]", value: "2 + 3" };
  expect(await editor.ask("setVariable", set)).toEqual({ value: "5", type: "number", variablesReference: 0 });
  expect(await evaluate("config[true]", "hover")).toBe("5");
  expect(await goOn("next")).toBe("step");
  await expect(editor.ask("variables", { variablesReference: many })).rejects.toThrow(/are gone/);
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
});

session("expressions are evaluated where they are asked for", async (lua) => {
  const { editor, evaluate, end } = await launch({
    files: { "app.lua": nested },
    launch: { program: "app.lua", args: ["10"], ...lua },
    breakpoints: { "app.lua": [11] },
    client: { supportsInvalidatedEvent: true },
  });
  await editor.event("stopped");
  expect(await evaluate("config.servers[2].name", "hover")).toBe('"b"');
  expect(await evaluate("#many, config", "repl")).toMatch(/^10\n\{/);
  await expect(evaluate("config = 1", "watch")).rejects.toThrow(/^Only expressions/);
  expect(await evaluate("config.servers[2].name = 'c'", "repl")).toBe("");
  await editor.event("invalidated");
  expect(await evaluate("config.servers[2].name", "watch")).toBe('"c"');
  await expect(evaluate("nothing.at", "repl")).rejects.toThrow(/attempt to index/);
  const set = { expression: "config.servers[1].name", value: "7" };
  expect((await editor.ask("setExpression", set)).value).toBe("7");
  const { targets } = await editor.ask("completions", { text: "x = config.ser", column: 15 });
  expect(targets).toEqual([{ label: "servers", start: 12, length: 3 }]);
  await editor.ask("disconnect");
  expect(await editor.exit).toBe(0);
  await end();
});

const failing = `local function fail() error("too late") end
print(pcall(fail))
local text = load or loadstring
local chunk = (loadstring or load)("local a = 1\\nreturn a + nil")
chunk()
`;

session("errors stop a program, those that are caught where all do", async (lua) => {
  const { editor, stack, end } = await launch({
    files: { "app.lua": failing },
    launch: { program: "app.lua", ...lua },
    filters: ["uncaught", "all"],
  });
  const caught = await editor.event("stopped");
  expect(caught).toMatchObject({ reason: "exception", text: "app.lua:1: too late" });
  const info = await editor.ask("exceptionInfo", { threadId: 1 });
  expect(info).toMatchObject({
    exceptionId: "error",
    description: "app.lua:1: too late",
    breakMode: "always",
  });
  expect(info.details?.stackTrace).toMatch(/^app\.lua:1: in function /m);
  await editor.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
  await editor.ask("continue", { threadId: 1 });
  expect((await editor.event("stopped")).text).toMatch(/attempt to perform arithmetic/);
  const { stackFrames } = await editor.ask("stackTrace", { threadId: 1, startFrame: 0, levels: 1 });
  const { source } = stackFrames[0] ?? {};
  expect(source?.path).toBeUndefined();
  const { content } = await editor.ask("source", { source, sourceReference: source?.sourceReference ?? 0 });
  expect(content).toBe("local a = 1\nreturn a + nil");
  expect(await stack()).toHaveLength(2);
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(1);
  expect(editor.output("stderr")).toMatch(/^ERROR app\.lua.*\n.*attempt to perform arithmetic/);
});

session("a program that runs is paused, gets breakpoints, and is ended", async (lua) => {
  const { editor, breakAt, stack, evaluate, end } = await launch({
    // LuaJIT is paused when its collector runs.
    files: { "app.lua": "local n = 0\nwhile true do\n  n = n + #{ 1 }\nend\n" },
    launch: { program: "app.lua", ...lua },
  });
  await editor.ask("pause", { threadId: 1 });
  expect((await editor.event("stopped")).reason).toBe("pause");
  // It may have begun just now.
  expect((await stack())[0]).toMatch(/^app\.lua:[1234] main chunk$/);
  expect(await evaluate("n == nil or n >= 0", "watch")).toBe("true");
  await editor.ask("continue", { threadId: 1 });
  expect(await breakAt("app.lua", 3)).toEqual(["line 3"]);
  expect((await editor.event("stopped")).reason).toBe("breakpoint");
  await breakAt("app.lua");
  await editor.ask("continue", { threadId: 1 });
  await editor.ask("terminate");
  await end();
});

session("a loop that calls nothing is paused, also behind an entry, a breakpoint and a step", async (lua) => {
  const { editor, breakAt, evaluate, end } = await launch({
    // A program may turn LuaJIT's compiler off.
    files: {
      "app.lua":
        "if jit then jit.off() jit.on() end\nlocal n = 0\nwhile n >= 0 do n = n + 1 end\nlocal function spin()\n  n = 0\n  while n >= 0 do n = n + 1 end\nend\nif jit then jit.off() end\nspin()\n",
    },
    launch: { program: "app.lua", stopOnEntry: true, ...lua },
  });
  const pause = async () => {
    await editor.ask("pause", { threadId: 1 });
    expect((await editor.event("stopped")).reason).toBe("pause");
  };
  expect((await editor.event("stopped")).reason).toBe("entry");
  await editor.ask("continue", { threadId: 1 });
  await pause();
  expect(await breakAt("app.lua", 3)).toEqual(["line 3"]);
  await editor.ask("continue", { threadId: 1 });
  expect((await editor.event("stopped")).reason).toBe("breakpoint");
  expect(await breakAt("app.lua")).toEqual([]);
  await editor.ask("continue", { threadId: 1 });
  await pause();
  await evaluate("n = -1", "repl");
  await editor.ask("continue", { threadId: 1 });
  await pause();
  await editor.ask("stepOut", { threadId: 1 });
  await pause();
  await editor.ask("terminate");
  await end();
});

session("a program is started again", async (lua) => {
  const { editor, evaluate, end } = await launch({
    files: { "app.lua": counting },
    launch: { program: "app.lua", ...lua },
    breakpoints: { "app.lua": [12] },
  });
  await editor.event("stopped");
  expect(await evaluate("counts.first", "watch")).toBe("16");
  await evaluate("counts.first = 0", "repl");
  await editor.ask("restart");
  await editor.event("stopped");
  expect(await evaluate("counts.first", "watch")).toBe("16");
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
  expect(editor.output("stdout")).toBe("16\n");
});

const specs = `describe("sums", function()
  it("are right", function() assert.are.equal(3, 1 + 2) end)
  it("are wrong", function()
    assert.are.equal(4, 1 + 2)
  end)
end)
`;

session("a test that fails stops its file, and results are told", async (lua) => {
  const { editor, stack, end } = await launch({
    files: { "spec/sums_spec.lua": specs },
    launch: { tests: ["spec"], filter: "wrong", ...lua },
    filters: ["uncaught"],
  });
  expect((await editor.event("stopped")).reason).toBe("exception");
  expect(await stack()).toContainEqual(expect.stringMatching(/^sums_spec\.lua:4 /));
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(1);
  expect(editor.output("stderr")).toMatch(/^FAILED sums are wrong/);
  expect(editor.output("console")).not.toMatch(/are right/);
});
