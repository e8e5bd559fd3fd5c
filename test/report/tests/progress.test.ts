import { expect, test } from "vitest";
import { createDefaultReporter } from "../../../src/report/tests/default.js";
import { createDotReporter } from "../../../src/report/tests/dot.js";
import type { TestEvent, TestReporterContext } from "../../../src/types.js";
import { textOf } from "./events.js";
import { oneFile, severalFiles } from "./sample.js";
import { createTerminal } from "./terminal.js";

const reporters = [
  ["default", createDefaultReporter, severalFiles],
  ["default, of one file", createDefaultReporter, oneFile],
  ["dot", createDotReporter, severalFiles],
] as const;

test.for(reporters)("%s: the bar vanishes before anything else is written", async ([_, create, events]) => {
  const terminal = createTerminal();
  const write: TestReporterContext["write"] = (chunk) => terminal.stream.write(chunk);
  const given = { write, writeError: write, terminal: terminal.stream };
  await textOf(create, events.flatMap(withProgress), given);

  const plain: string[] = [];
  const keep: TestReporterContext["write"] = (chunk) => plain.push(String(chunk));
  await textOf(create, events, { write: keep, writeError: keep, terminal: terminal.stream });
  expect(terminal.seen()).toBe(plain.join(""));
});

test("the bar tells files, tests and what runs, on one line", async () => {
  const terminal = createTerminal();
  const running = ["spec/a\n.lua", `spec/${"long".repeat(30)}.lua`];
  const totals = { success: 7, failure: 1, error: 1, pending: 0 };
  const events: TestEvent[] = [
    { kind: "progress", ended: 1, files: 4, totals, running },
    { kind: "run end", duration: 1, totals, interrupted: false, notRun: 0 },
  ];
  await textOf(createDefaultReporter, events, { terminal: terminal.stream });
  const bar = "[=====               ] 1/4 files · 7 passed, 2 failed · spec/a\\n.lua, spec/longl";
  expect(bar).toHaveLength(80);
  expect(terminal.sent()).toContain(`\u001b[1G${bar}\u001b[0K`);
});

const none = { success: 0, failure: 0, error: 0, pending: 0 };

function withProgress(event: TestEvent): TestEvent[] {
  const progress = { kind: "progress", ended: 1, files: 6, totals: none, running: ["a.lua"] } as const;
  return event.kind === "run end" ? [progress, event] : [event, progress];
}
