import { lstatSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { hasEnded, type Mark, markPattern, newMark } from "./owner.js";

/** A name for a file or folder that has another name, or is gone, before its process ends. */
export function temporaryName(): string {
  return `.luacov-ts-${newMark()}.tmp`;
}

/** Removes what temporary names have left in a folder whose processes were killed. */
export function removeLeftovers(folder: string): void {
  removeMarked(folder, new RegExp(`^\\.luacov-ts-(${markPattern})\\.tmp$`));
}

/** Removes what is in a folder under a name whose first group is the mark of a process that has ended. */
export function removeMarked(folder: string, pattern: RegExp): void {
  for (const { file, mark } of markedIn(folder, pattern)) {
    if (isOver(file, mark)) removeIfOurs(file);
  }
}

/** In a folder for everybody there may be files of other users. */
function removeIfOurs(file: string): void {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch {}
}

/** What is in a folder under a name whose first group is a mark. */
export function markedIn(folder: string, pattern: RegExp): { readonly file: string; readonly mark: Mark }[] {
  return namesIn(folder).flatMap((name) => {
    const mark = pattern.exec(name)?.[1];
    return mark === undefined ? [] : [{ file: path.join(folder, name), mark }];
  });
}

/** Whether the process that made a file has ended. */
export function isOver(file: string, mark: Mark, patience?: number): boolean {
  const modified = lstatSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified === undefined || hasEnded(mark, modified, patience);
}

/** A folder that is not there has none. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
