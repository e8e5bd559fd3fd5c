import { readFileSync } from "node:fs";
import { totalmem } from "node:os";

const MEGABYTE = 2 ** 20;
const least = 256;
const greatest = 2048;

/** MB that each of so many programs may take where nobody has said it: together half of what the machine has. */
export function memoryShare(programs: number): number {
  return Math.floor(Math.max(machineMemory() / MEGABYTE / 2 / programs, least));
}

/** As much, for programs in one process of Node, whose heap has its limits. */
export function defaultMemory(programs: number): number {
  return Math.min(memoryShare(programs), greatest);
}

/** In bytes; containers have less than their machine. */
function machineMemory(): number {
  const files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
  const limits = [process.constrainedMemory(), ...files.map(numberIn)];
  return Math.min(totalmem(), ...limits.filter((limit) => limit !== undefined && limit > 0));
}

function numberIn(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, "latin1"), 10) || 0;
  } catch {
    return 0;
  }
}
