import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MEGABYTE = 2 ** 20;

/**
 * Whether the Lua program in this thread holds more than `limit` MB. Node's own limit is for JavaScript's objects
 * alone: the bytes of Lua's strings are not among them.
 */
export function holdsMoreThan(limit: number): boolean {
  if (used() <= limit) return false;
  collectGarbage();
  return used() > limit;
}

function used(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MEGABYTE;
}

/** Node has it behind a flag, which can be set for a moment. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}
