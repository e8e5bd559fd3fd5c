import { existsSync } from "node:fs";
import path from "node:path";
import { expect, vi } from "vitest";
import { root, startNode } from "../command.js";
import { testWith } from "../support/tools.js";

/** Starts an endless program that says its number, and is killed before or after it has told the guard who that is. */
const parent = `import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { createGuard } from ${JSON.stringify(path.join(root, "build/engine/native/jobs/start/guard.js"))};
const guard = createGuard();
const mark = "of " + process.pid;
guard.expect(mark);
const child = spawn("sh", ["-c", "echo $$; while :; do sleep 0.1; done"], {
  env: { ...process.env, LUACOV_TS_MARK: mark },
  detached: true,
  stdio: ["ignore", "pipe", "ignore"],
});
if (process.argv.at(-1) === "after") guard.watch(child.pid);
child.stdout.on("data", (id) => {
  writeSync(1, id);
  process.kill(process.pid, "SIGKILL");
});`;

testWith("Linux").for(["before", "after"])(
  "a program ends with ours when that is killed %s it has told who it is",
  async (when) => {
    const { code, output } = startNode(["--input-type=module", "-e", parent, when]);
    expect([code, output]).toEqual([null, expect.stringMatching(/^\d+\n$/)]);
    await vi.waitUntil(() => !existsSync(`/proc/${output.trim()}`), { timeout: 20_000 });
  },
);
