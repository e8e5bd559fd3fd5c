import { expect, test } from "vitest";
import { createDefaultReporter } from "../../../src/report/tests/default.js";
import type { TestEvent } from "../../../src/types.js";
import { textOf } from "./events.js";
import { oneFile, severalFiles } from "./sample.js";
import { createTerminal } from "./terminal.js";

const reporters = [
  ["default", createDefaultReporter, severalFiles],
  ["default, of one file", createDefaultReporter, oneFile],
] as const;

test.for(reporters)("%s: the bar vanishes before anything else is written", async ([_, create, events]) => {
  const terminal = createTerminal();
  await textOf(create, events.flatMap(withProgress), terminal);
  const withoutBar = createTerminal();
  await textOf(create, events, withoutBar);
  expect(terminal.sent()).toContain("1/6 files");
  expect(terminal.seen()).toBe(withoutBar.sent());
});

test("the bar tells files, tests and what runs, on one line", async () => {
  const terminal = createTerminal();
  const running = [
    { file: "spec/a\n.lua", round: 1, lua: "lua5.1" },
    { file: `spec/${"long".repeat(30)}.lua`, round: 1, lua: null },
  ];
  const totals = { success: 7, failure: 1, error: 1, pending: 0 };
  const events: TestEvent[] = [
    { kind: "progress", ended: 1, files: 4, totals, running },
    { kind: "run end", duration: 1, totals, interrupted: false, notRun: 0 },
  ];
  await textOf(createDefaultReporter, events, terminal);
  const bar = "[=====               ] 1/4 files · 7 passed, 2 failed · spec/a\\n.lua (lua5.1), s";
  expect(bar).toHaveLength(80);
  expect(terminal.sent()).toContain(`\u001b[1G${bar}\u001b[0K`);
});

const none = { success: 0, failure: 0, error: 0, pending: 0 };

function withProgress(event: TestEvent): TestEvent[] {
  const progress = {
    kind: "progress",
    ended: 1,
    files: 6,
    totals: none,
    running: [{ file: "a.lua", round: 1, lua: null }],
  } as const;
  return event.kind === "run end" ? [progress, event] : [event, progress];
}
