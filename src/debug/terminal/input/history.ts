import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { writeWhole } from "../../../output/whole.js";

/** How many lines are kept. */
export const mostLines = 1000;

/** Where the lines are kept that a user has entered. */
export function historyFile(): string {
  return path.join(homedir(), ".luacov-ts_history");
}

/** The lines of earlier sessions, the latest first; none where there is no such file. */
export function readHistory(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line !== "").toReversed();
  } catch {
    return [];
  }
}

/**
 * Adds the lines of a session, the first one first, to what others have left meanwhile. What a user enters may hold secrets, so nobody
 * else can read them. Without a place to write, nothing is kept.
 */
export function keepHistory(file: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const all = [...readHistory(file).toReversed(), ...lines].slice(-mostLines);
  try {
    writeWhole(file, `${all.join("\n")}\n`, { mode: 0o600 });
  } catch {
    // A session is worth more than its history.
  }
}
