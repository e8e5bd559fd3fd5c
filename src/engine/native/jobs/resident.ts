import { readFileSync } from "node:fs";

/** As proc(5) has it: the second number of statm counts pages, which have 4096 bytes wherever Node runs but on few machines. */
const pageSize = 4096;

/** How much memory a process holds, in bytes; 0 where the system does not show it in files, or the process is gone. */
export function residentBytes(pid: number | undefined): number {
  if (process.platform !== "linux" || pid === undefined) return 0;
  try {
    const [, pages = "0"] = readFileSync(`/proc/${pid}/statm`, "latin1").split(" ");
    return Number(pages) * pageSize;
  } catch {
    return 0;
  }
}
