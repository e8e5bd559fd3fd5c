import type { Outcome, TestEvent } from "../types.js";

/** What test reporters hear of one test file. */
export function eventsOf({ file, round, duration, results }: Outcome): TestEvent[] {
  return [
    { kind: "file start", file, round },
    ...results.map((result): TestEvent => ({ kind: "test", result })),
    { kind: "file end", file, round, duration },
  ];
}
