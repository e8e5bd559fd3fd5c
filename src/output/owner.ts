import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Which process a file of ours belongs to, as a part of the file's name: where it runs, its number, when it began,
 * and a random number. A number alone would be another process's after a while, or another machine's on a shared
 * volume.
 */
export type Mark = string;

export const markPattern = "[\\da-f]{8}-\\d+-\\d+-[\\da-f]{16}";

/** How long a file may be of use to a process that cannot be seen from here, in milliseconds. */
const day = 24 * 3600 * 1000;

/** A mark of this process that no other file has. */
export function newMark(): Mark {
  ownStart ??= startOf(process.pid) ?? 0;
  return [place(), process.pid, ownStart, randomBytes(8).toString("hex")].join("-");
}

/** There may be thousands of marks, and the system takes its time to answer. */
let ownStart: number | null = null;

/**
 * Whether the process of a mark has ended. Of one on another machine, in another container or before the machine's
 * last start nothing is known: its file counts until it is `patience` milliseconds old.
 */
export function hasEnded(mark: Mark, modified: number, patience = day): boolean {
  const [where = "", pid = "", start = ""] = mark.split("-");
  if (where !== place()) return Date.now() - modified > patience;
  const known = startOf(Number(pid));
  return known === null ? !exists(Number(pid)) : String(known) !== start;
}

let known: string | null = null;

/** A digest of everything that gives a process's number its meaning. */
function place(): string {
  known ??= createHash("sha256")
    .update([hostname(), bootNumber(), processNamespace()].join("\n"))
    .digest("hex")
    .slice(0, 8);
  return known;
}

function bootNumber(): string {
  return attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")) ?? "";
}

function processNamespace(): string {
  return attempt(() => readlinkSync("/proc/self/ns/pid")) ?? "";
}

/** When a process began, in ticks of the machine; null when it has ended or where nothing says so. */
function startOf(pid: number): number | null {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  // The name before it, in parentheses, may hold anything.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields ?? [];
  const start = Number(fields?.[19]);
  // What was killed and nobody has asked for yet.
  const isGone = state === undefined || state === "Z" || state === "X";
  return isGone || Number.isNaN(start) ? null : start;
}

/** For systems without /proc. */
function exists(pid: number): boolean {
  if (process.platform === "linux") return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function attempt<Value>(action: () => Value): Value | null {
  try {
    return action();
  } catch {
    return null;
  }
}
