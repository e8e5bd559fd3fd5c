/** What runs in the launcher's process: it ends when there is nobody to start programs for. */

import { closeSync, openSync } from "node:fs";
import type { LauncherReply, LauncherRequest } from "./messages.js";
import { type StartedEnd, type StartedProcess, type StartRequest, startChild } from "./started.js";

const groups = new Set<number>();

const reply = (message: LauncherReply) => process.connected && process.send?.(message);

process.on("message", async ({ id, folder, request }: LauncherRequest) => {
  reply({ kind: "ended", id, ...(await run(id, folder, request)) });
});

// Whoever has asked for them may have been killed.
process.on("disconnect", () => {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {}
  }
});

reply({ kind: "ready" });

async function run(id: number, folder: string, request: StartRequest): Promise<StartedEnd> {
  try {
    if (process.cwd() !== folder) process.chdir(folder);
    const child = startWithOutput(request);
    const pid = child.pid();
    if (pid === undefined) return await child.end;
    groups.add(pid);
    reply({ kind: "started", id, pid });
    const end = await child.end;
    groups.delete(pid);
    return end;
  } catch (error) {
    return { code: null, signal: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function startWithOutput({ output: [stdout, stderr], ...request }: StartRequest): StartedProcess {
  const [out, err] = [openSync(stdout.path, "a"), openSync(stderr.path, "a")];
  try {
    return startChild({
      ...request,
      output: [
        { ...stdout, descriptor: out },
        { ...stderr, descriptor: err },
      ],
    });
  } finally {
    closeSync(out);
    closeSync(err);
  }
}
