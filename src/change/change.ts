import path from "node:path";
import { isFile } from "../files/files.js";
import type { Change, Config, LineRange } from "../types.js";
import { diffFrom, findBase, untrackedFiles } from "./git.js";
import { parseDiff } from "./parseDiff.js";

/**
 * What was added or changed since the configured commit, with files that are not committed or not even added; null
 * without one. Throws GIT.
 */
export function findChange({ cwd, since }: Pick<Config, "cwd" | "since">): Change | null {
  if (since === null) return null;
  const base = findBase(cwd, since);
  const whole: readonly LineRange[] = [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
  const untracked = untrackedFiles(base).map((name) => [name, whole] as const);
  const all = [...parseDiff(diffFrom(base)), ...untracked];
  const files = all.map(([name, ranges]) => [path.join(base.top, name), ranges] as const);
  return { since, files: new Map(files.filter(([file]) => isFile(file))) };
}

/** Throws, before anything has run, what `findChange` would throw after it. */
export function checkSince({ cwd, since }: Pick<Config, "cwd" | "since">): void {
  if (since !== null) findBase(cwd, since);
}
