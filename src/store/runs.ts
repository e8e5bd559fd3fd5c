import { rmSync, utimesSync } from "node:fs";
import path from "node:path";
import { readContent } from "../files/files.js";
import { isOver, markedIn } from "../output/leftovers.js";
import { type Mark, markPattern } from "../output/owner.js";
import type { Fence } from "../output/place.js";
import { writeWhole } from "../output/whole.js";
import { ownFolder } from "./origin.js";

/** A time from when to when, in milliseconds since 1970. */
export interface Interval {
  readonly began: number;
  readonly ended: number;
}

/** A run that has not told its end: it goes on, or was killed. */
export interface UnendedRun {
  readonly file: string;
  readonly mark: Mark;
  readonly began: number;
  /** The names of maps that do not count any more, whether or not they were removed already. */
  readonly replaces: readonly string[];
  readonly wasKilled: boolean;
}

/** How often a run shows that it goes on, and after how long without that it is over, in milliseconds. */
const pulse = 30_000;
const patience = 10 * pulse;

/** Shows those who cannot see this process, from another machine or container, that a run goes on. */
export function keepAlive(file: string): () => void {
  const timer = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {}
  }, pulse);
  timer.unref();
  return () => clearInterval(timer);
}

export function runFile(tempDir: string, mark: Mark): string {
  return path.join(tempDir, ownFolder, `run-${mark}.json`);
}

export function writeRun(file: string, run: Pick<UnendedRun, "began" | "replaces">, fence: Fence): void {
  writeWhole(file, JSON.stringify({ version: 1, ...run }), { fence });
}

/** The runs into a temp-dir that have not told their end. */
export function unendedRuns(tempDir: string): UnendedRun[] {
  const pattern = new RegExp(`^run-(${markPattern})\\.json$`);
  return markedIn(path.join(tempDir, ownFolder), pattern).flatMap(({ file, mark }) => {
    const wasKilled = isOver(file, mark, patience);
    const run = readRun(file);
    return run === null ? [] : [{ file, mark, ...run, wasKilled }];
  });
}

/** Null when it has ended in the meantime. */
function readRun(file: string): Pick<UnendedRun, "began" | "replaces"> | null {
  try {
    const { began = 0, replaces = [] }: Partial<UnendedRun> = JSON.parse(readContent(file).toString("utf8"));
    return { began, replaces };
  } catch {
    return null;
  }
}

/** It may be gone with its folder, which a program has moved or put something else in its place. */
export function removeRun(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

/**
 * When the first of the runs began that belong together with one that begins: those that take place at the same
 * time, and those at the same time with these. What ended before is of no use any more.
 */
export function beginOfGroup(began: number, others: readonly Interval[]): number {
  const joined = others.filter((other) => other.ended > began).map((other) => other.began);
  const first = Math.min(began, ...joined);
  return first === began ? began : beginOfGroup(first, others);
}
