import { fork } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/**
 * Serves an editor from a process of its own, so that no program reads what the editor says, and nothing that one writes gets
 * between what we say. Resolves to the exit code of that process, once it is over.
 */
export async function relay(script: URL, input: Readable, output: Writable): Promise<number> {
  const child = fork(fileURLToPath(script), [], {
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  input.on("data", (bytes: Buffer) => child.connected && child.send(bytes, () => {}));
  input.on("end", () => child.connected && child.disconnect());
  child.on("message", (bytes: Uint8Array) => output.write(bytes));
  const isGone = once(child, "disconnect");
  const [code]: unknown[] = await once(child, "exit");
  await isGone;
  input.destroy();
  return typeof code === "number" ? code : 1;
}
