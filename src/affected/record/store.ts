import path from "node:path";
import { isFile } from "../../files/files.js";
import { withLock } from "../../output/lock.js";
import type { Fence } from "../../output/place.js";
import { makeFolder } from "../../output/place.js";
import { digestOf } from "./conditions.js";
import type { ChangeRecord, Conditions, RecordedFile, RecordedSource } from "./record.js";
import { readChangeRecord, writeChangeRecord } from "./recordFile.js";

/** Where the record is: beside that of how tests went, whose name says which project it is of. */
export function changeRecordFile(testRecord: string): string {
  return `${testRecord.replace(/\.json$/, "")}.changes.gz`;
}

/**
 * Replaces what is known of test files by what a run has found out; of those that are gone, or that were recorded under other
 * conditions, nothing stays. Other runs may be about to do the same. Throws what the system refuses.
 */
export function updateChangeRecord(file: string, root: string, fence: Fence, now: ChangeRecord): void {
  makeFolder(path.dirname(file), fence);
  withLock(file, () =>
    writeChangeRecord(file, root, joinedRecords(before(file, root, now.conditions), now), fence),
  );
}

function before(file: string, root: string, conditions: Conditions): ChangeRecord {
  const none = { conditions, files: [], sources: [] };
  try {
    const known = readChangeRecord(file, root);
    return known !== null && JSON.stringify(known.conditions) === JSON.stringify(conditions) ? known : none;
  } catch {
    return none;
  }
}

function joinedRecords(old: ChangeRecord, now: ChangeRecord): ChangeRecord {
  const replaced = new Set(now.files.map(({ file }) => file));
  const kept = old.files.filter(({ file }) => !replaced.has(file) && isFile(file));
  const sources: RecordedSource[] = [];
  const numbers = new Map<string, number>();
  const renumbered = (files: readonly RecordedFile[], own: readonly RecordedSource[]) => {
    const numberOf = numberer(own, sources, numbers);
    return files.map((each) => withSources(each, numberOf));
  };
  const files = [...renumbered(kept, old.sources), ...renumbered(now.files, now.sources)];
  return { conditions: now.conditions, files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), sources };
}

/** Gives the sources that are asked for numbers among all, each once. */
function numberer(
  own: readonly RecordedSource[],
  all: RecordedSource[],
  numbers: Map<string, number>,
): (number: number) => number | null {
  const known = new Map<number, number | null>();
  const find = (number: number): number | null => {
    const source = own[number];
    if (source === undefined) return null;
    const key = JSON.stringify([source.path, source.print, digestOf(JSON.stringify(source.sites))]);
    const found = numbers.get(key) ?? all.push(source) - 1;
    numbers.set(key, found);
    return found;
  };
  return (number) => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const made = find(number);
    known.set(number, made);
    return made;
  };
}

function withSources(file: RecordedFile, numberOf: (number: number) => number | null): RecordedFile {
  const rows = file.rows.map((row) => ({
    ...row,
    covers: new Map(
      [...row.covers].flatMap(([source, runs]) => {
        const number = numberOf(source);
        return number === null ? [] : [[number, runs] as const];
      }),
    ),
  }));
  return { ...file, rows };
}
