import { writeFileSync } from "node:fs";
import { notWritable } from "./errors.js";
import { pathOf } from "./files/names.js";
import type { TraceRequest } from "./types.js";

/** Begins the file of a trace anew, if it is to be one. Throws NOT_WRITABLE. */
export function openTrace({ output }: TraceRequest): void {
  if (output === null) return;
  try {
    writeFileSync(pathOf(output), "");
  } catch (cause) {
    throw notWritable(output, cause);
  }
}
