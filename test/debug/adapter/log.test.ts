import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { launch } from "./debugging.js";

const program = `count = 0
function bump()
  count = count + 1
  return false
end
local list = { 1 }
print(list[1], count)
`;

test("what an editor changes in a program is in the log that its configuration names", async () => {
  const { editor, folder, scopeReference, evaluate, breakAt, end } = await launch({
    files: { "app.lua": program },
    launch: { program: "app.lua", log: "changes.log" },
    breakpoints: { "app.lua": [7, { line: 6, condition: "bump()" }] },
  });
  await editor.event("stopped");
  await breakAt("app.lua", { line: 6, condition: "bump()" }, { line: 7, logMessage: "{bump()} of {count}" });
  const { variables } = await editor.ask("variables", { variablesReference: await scopeReference("Locals") });
  const [list] = variables;
  await editor.ask("setVariable", { variablesReference: list?.variablesReference, name: "[1]", value: "5" });
  await evaluate("list[1]", "hover");
  await evaluate("bump()", "watch");
  await editor.ask("setExpression", { expression: "count", value: "7" });
  await editor.ask("continue", { threadId: 1 });
  expect(await end()).toBe(0);
  expect(editor.output("stdout")).toBe("5\t7\n");
  await editor.ask("disconnect");
  await editor.exit;
  const log = readFileSync(path.join(folder, "changes.log"), "utf8");
  const file = path.join(folder, "app.lua");
  expect(`\n${log.replaceAll(file, "…/app.lua")}`).toBe(`
Changed in the program:
! …/app.lua:6: bump()
! …/app.lua:7: bump()
! app.lua:7 in main chunk: [1] = 5
! app.lua:7 in main chunk: bump()
! app.lua:7 in main chunk: count = 7
`);
});

test("where nothing was changed the log says so", async () => {
  const { editor, folder, end } = await launch({
    files: { "app.lua": "print(1)\n" },
    launch: { program: "app.lua", log: "changes.log" },
  });
  expect(await end()).toBe(0);
  await editor.ask("disconnect");
  await editor.exit;
  expect(readFileSync(path.join(folder, "changes.log"), "utf8")).toBe("Nothing was changed in the program\n");
});
