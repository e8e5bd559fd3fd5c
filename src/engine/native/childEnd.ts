import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { CommandEnd } from "../../types.js";

/**
 * How a child ended: at its "exit", or at its "close", when what it wrote has been read as well. Throws what the system says
 * of one that could not be started.
 */
export async function childEnd(child: ChildProcess, event: "exit" | "close"): Promise<CommandEnd> {
  // `once` rejects when the child tells of an error.
  const [code, signal]: unknown[] = await once(child, event);
  return {
    code: typeof code === "number" ? code : null,
    signal: typeof signal === "string" ? signal : null,
  };
}
