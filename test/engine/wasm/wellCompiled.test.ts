import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

// The process ends where what it asks of V8 changes while V8 compiles something else.
test("what V8 compiles meanwhile in other threads comes to its end", () => {
  const file = path.join(import.meta.dirname, "compiling.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "over\n", stderr: "" });
});
