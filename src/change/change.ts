import path from "node:path";
import { isFile } from "../files/files.js";
import type { Change, Config, LineRange } from "../types.js";
import { type Base, diffFrom, findBase, untrackedFiles } from "./git.js";
import { parseDiff } from "./parseDiff.js";

type Since = Pick<Config, "cwd" | "since" | "sandbox">;

/** What was changed before the programs of a sandbox ran: they may tell git afterwards to start what they like. */
const noted = new Map<string, Change>();

/**
 * What was added or changed since the configured commit, with files that are not committed or not even added; null
 * without one. Throws GIT.
 */
export function findChange(config: Since): Change | null {
  const { since } = config;
  if (since === null) return null;
  return noted.get(keyOf(config)) ?? changeFrom(findBase(config.cwd, since), since);
}

/** Throws, before anything has run, what `findChange` would throw after it. */
export function checkSince(config: Since): void {
  const { cwd, since, sandbox } = config;
  if (since === null) return;
  const base = findBase(cwd, since);
  if (sandbox) noted.set(keyOf(config), changeFrom(base, since));
}

function keyOf({ cwd, since }: Since): string {
  return JSON.stringify([cwd, since]);
}

function changeFrom(base: Base, since: string): Change {
  const whole: readonly LineRange[] = [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
  const untracked = untrackedFiles(base).map((name) => [name, whole] as const);
  const all = [...parseDiff(diffFrom(base)), ...untracked];
  const files = all.map(([name, ranges]) => [path.join(base.top, name), ranges] as const);
  return { since, files: new Map(files.filter(([file]) => isFile(file))) };
}
