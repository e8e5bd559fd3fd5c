import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createOrders } from "../../src/engine/fengari/collect/orders.js";
import { collectLeftovers } from "../../src/engine/host/primitives/memory.js";
import { runJob } from "../../src/harness/run/embedded/job.js";
import type { Job } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** MB that are in use when the young objects, or all, have been collected. */
function usedMemory(type: "minor" | "major"): number {
  if (typeof collect !== "function") throw new Error("no way to the collector");
  // What survives once is still among the young objects.
  for (let times = 0; times < 3; times++) collect({ type });
  return heap();
}

test("what a program in fengari has left is gone with the young objects, not only when the whole heap is collected", async () => {
  const folder = makeFolder({ "a.lua": "local t = {} for i = 1, 100 do t[i] = { i } end" });
  const file = path.join(folder, "a.lua");
  const job: Job = {
    program: { file, args: [], packagePath: "?.lua" },
    scope: { root: folder, tests: [], include: [], exclude: [], extension: [".lua"] },
    test: { style: "script", round: 1, lua: null },
  };
  const runSome = async (count: number) => {
    for (let ran = 0; ran < count; ran++) {
      expect(runJob(job, createOrders()).exit).toEqual({ kind: "returned" });
      // As between two messages to a worker.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await runSome(5);
  const before = usedMemory("major");
  await runSome(40);
  // A program's state and what is around it are a third of a MB.
  expect(usedMemory("minor") - before).toBeLessThan(4);
});

test("what programs have left for the whole heap's collection does not become much", () => {
  collectLeftovers();
  const before = heap();
  let left: readonly object[] | null = Array.from({ length: 2e6 }, (_, index) => ({ index }));
  expect(heap() - before).toBeGreaterThan(64);
  expect(left.length).toBe(2e6);
  left = null;
  collectLeftovers();
  expect(heap() - before).toBeLessThan(32);
});

function heap(): number {
  return process.memoryUsage().heapUsed / 2 ** 20;
}
