import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Processes that belong together because one program started them. */
export interface Family {
  /** Process ids of what the program started itself. */
  readonly roots: readonly number[];
  /** Whether each of these leads a process group of its own, which lives on when its leader has ended. */
  readonly hasGroups: boolean;
  /** Variables that no process of anybody else has; none when there is nothing to tell them by. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How long a process may take to end by itself, and how often it is looked at, in milliseconds. */
const grace = 500;
const interval = 50;

/**
 * Ends a family: politely, then for good. Its members are found by descent, by group and, where the kernel shows it,
 * by their environment, which a process keeps that has left its group and whose parent is gone.
 */
export async function endProcesses(family: Family): Promise<void> {
  const known = new Set<number>();
  for (const signal of ["SIGTERM", "SIGKILL", "SIGKILL"] as const) {
    const since = performance.now();
    if (!send(family, known, signal)) return;
    while (performance.now() - since < grace) {
      await delay(interval);
      if (!isAnyAlive(family, known)) return;
    }
  }
}

/** False when there is nobody left. */
function send(family: Family, known: Set<number>, signal: NodeJS.Signals): boolean {
  const targets = targetsOf(family, known);
  return targets.map((target) => kill(target, signal)).some(Boolean);
}

function isAnyAlive(family: Family, known: Set<number>): boolean {
  return targetsOf(family, known).some((target) => kill(target, 0));
}

/** Process ids, and negative ones of groups. */
function targetsOf({ roots, hasGroups, variables }: Family, known: Set<number>): number[] {
  const entries = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const living = processes();
  const members = new Set(roots);
  for (const { pid } of living) if (known.has(pid) || carries(pid, entries)) members.add(pid);
  addDescendants(members, living);
  members.delete(process.pid);
  const shown = new Set(living.map(({ pid }) => pid));
  const alive = living.length === 0 ? [...members] : [...members].filter((pid) => shown.has(pid));
  for (const pid of alive) known.add(pid);
  return hasGroups ? [...roots.map((pid) => -pid), ...alive] : alive;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** All that have not ended; none where the kernel does not show them as Linux does. */
function processes(): Process[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    // proc(5): behind the name in parentheses come the state and the parent.
    const stat = textOf(`/proc/${pid}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return stat === "" || state === "Z" || state === "X" ? [] : [{ pid, parent: Number(parent) }];
  });
}

/** Whether a process was started with all of these entries in its environment. */
function carries(pid: number, entries: readonly string[]): boolean {
  if (entries.length === 0) return false;
  const environment = textOf(`/proc/${pid}/environ`).split("\0");
  return entries.every((entry) => environment.includes(entry));
}

function addDescendants(members: Set<number>, living: readonly Process[]): void {
  for (let size = -1; size !== members.size; ) {
    size = members.size;
    for (const { pid, parent } of living) if (members.has(parent)) members.add(pid);
  }
}

/** Whether a process has left others in its group. */
export function hasGroup(pid: number): boolean {
  return kill(-pid, 0);
}

/** False for a process that is gone. */
function kill(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
