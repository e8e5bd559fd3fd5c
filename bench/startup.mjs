// How long a trivial test file takes from start to exit of the command: the median of ten runs.
//
//   node bench/startup.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/luacov-ts.js", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "luacov-ts-startup-"));

try {
  writeFileSync(path.join(folder, "answer.lua"), "return 42\n");
  writeFileSync(path.join(folder, "test.lua"), 'assert(require "answer" == 42)\n');
  const times = Array.from({ length: 10 }, runOnce).toSorted((a, b) => a - b);
  const median = (times[4] + times[5]) / 2;
  console.log(`a trivial test file, start to exit: ${median.toFixed(0)} ms (median of 10)`);
} finally {
  rmSync(folder, { recursive: true });
}

function runOnce() {
  const start = performance.now();
  execFileSync(process.execPath, [bin, "test.lua"], { cwd: folder });
  return performance.now() - start;
}
