import { writeFileSync } from "node:fs";
import path from "node:path";
import { notWritable } from "../errors/outputs.js";
import { sandboxedTrace } from "../errors/trace.js";
import { pathOf } from "../files/names.js";
import type { Config, TraceRequest } from "../types.js";

/**
 * Begins the file of a trace anew, if it is to be one. Throws NOT_WRITABLE, and CONFIG for one that a sandbox does not let be
 * written.
 */
export function openTrace({ output }: TraceRequest, { sandbox, cwd }: Pick<Config, "sandbox" | "cwd">): void {
  if (output === null) return;
  if (sandbox && !output.startsWith(`${cwd}${path.sep}`)) throw sandboxedTrace(output);
  try {
    writeFileSync(pathOf(output), "");
  } catch (cause) {
    throw notWritable(output, cause);
  }
}
