import { expect, test } from "vitest";
import { toolsOf } from "../../engine/contract.js";
import { testWith } from "../../support/tools.js";
import { type Debugging, launch } from "./debugging.js";

const program = `local config = { port = 1, hosts = { "a" } }
count = 0
local function bump()
  count = count + 1
end
local function run()
  local own = 1
  bump()
  own = own + 1
  config.port = 2
  return own
end
run()
config.port = 3
print(count)
`;

function launchIn(lua: string): Promise<Debugging> {
  return launch({
    files: { "app.lua": program },
    launch: { program: "app.lua", lua },
    breakpoints: { "app.lua": [8] },
  });
}

/** By what variables of scopes and of tables in them can be watched. */
async function idOf({ editor, scopeReference }: Debugging, ...path: readonly string[]): Promise<string> {
  const [scope = "", ...names] = path;
  const name = names.pop() ?? "";
  let variablesReference = await scopeReference(scope);
  for (const each of names) {
    const { variables } = await editor.ask("variables", { variablesReference });
    variablesReference = variables.find((found) => found.name === each)?.variablesReference ?? 0;
  }
  const info = await editor.ask("dataBreakpointInfo", { variablesReference, name });
  expect(info.accessTypes).toEqual(["write"]);
  return info.dataId ?? "";
}

/** Where a program stops next, and what has changed. */
async function nextChange({ editor, stack }: Debugging): Promise<string> {
  await editor.ask("continue", { threadId: 1 });
  const { reason, text } = await editor.event("stopped");
  return `${(await stack())[0]} ${reason}: ${text}`;
}

for (const lua of ["fengari", "5.4", "lua5.1", "luajit"] as const) {
  testWith(...toolsOf(lua))(
    `a program stops in ${lua} wherever a variable that is watched changes`,
    async () => {
      const debugging = await launchIn(lua);
      const { editor, end } = debugging;
      await editor.event("stopped");
      const ids = [
        await idOf(debugging, "Locals", "own"),
        await idOf(debugging, "Globals", "count"),
        await idOf(debugging, "Upvalues", "config", "port"),
      ];
      const set = (dataIds: readonly string[]) =>
        editor.ask("setDataBreakpoints", { breakpoints: dataIds.map((dataId) => ({ dataId })) });
      const { breakpoints } = await set(ids);
      expect(breakpoints.map(({ verified }) => verified)).toEqual([true, true, true]);
      expect(await nextChange(debugging)).toBe("app.lua:5 function 'bump' data breakpoint: count: 0 → 1");
      // What was told of before is known at another stop.
      await set(ids);
      expect(await nextChange(debugging)).toBe("app.lua:10 function 'run' data breakpoint: own: 1 → 2");
      expect(await nextChange(debugging)).toBe(
        "app.lua:11 function 'run' data breakpoint: config.port: 1 → 2",
      );
      expect(await nextChange(debugging)).toBe("app.lua:15 main chunk data breakpoint: config.port: 2 → 3");
      expect((await editor.event("breakpoint")).breakpoint).toMatchObject({
        verified: false,
        message: "The call in which it was watched is over",
      });
      await editor.ask("continue", { threadId: 1 });
      expect(await end()).toBe(0);
    },
  );
}

test("changes have conditions, and what cannot be watched is refused in a sentence", async () => {
  const debugging = await launchIn("fengari");
  const { editor, end } = debugging;
  await editor.event("stopped");
  const dataId = await idOf(debugging, "Upvalues", "config", "port");
  const { breakpoints } = await editor.ask("setDataBreakpoints", {
    breakpoints: [
      { dataId, condition: "config.port > 2" },
      { dataId, accessType: "read" },
      { dataId, condition: "config." },
      { dataId: "none" },
    ],
  });
  expect(breakpoints.map(({ verified, message = "" }) => [verified, message])).toEqual([
    [true, ""],
    [false, "Only a change stops a program, not a look"],
    [false, 'No Lua reads the condition "config."'],
    [false, "What was to be watched is gone, as the program has gone on"],
  ]);
  const infoOf = (given: object) => editor.ask("dataBreakpointInfo", given);
  const locals = await debugging.scopeReference("Locals");
  expect(await infoOf({ variablesReference: locals, name: "none" })).toMatchObject({
    dataId: null,
    description: 'There is no variable "none" that can be watched',
  });
  expect(await infoOf({ name: "1 +" })).toMatchObject({
    dataId: null,
    description: 'No Lua reads the expression "1 +"',
  });
  expect(await infoOf({ name: "own + 1" })).toMatchObject({ description: "own + 1 in this call" });
  expect(await nextChange(debugging)).toBe("app.lua:15 main chunk data breakpoint: config.port: 2 → 3");
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
});

test("what is watched in one program is not in the next one", async () => {
  const debugging = await launch({
    files: {
      "a_spec.lua": "it('a', function()\n  x = 1\n  x = 2\nend)\n",
      "b_spec.lua": "it('b', function() x = 1 x = 2 end)\n",
    },
    launch: { tests: ["*_spec.lua"] },
    breakpoints: { "a_spec.lua": [3] },
  });
  const { editor, end } = debugging;
  await editor.event("stopped");
  const dataId = await idOf(debugging, "Globals", "x");
  await editor.ask("setDataBreakpoints", { breakpoints: [{ dataId }] });
  expect(await nextChange(debugging)).toMatch(/^a_spec\.lua:4 .* data breakpoint: x: 1 → 2$/);
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
});
