import path from "node:path";
import type { Outcome } from "../types.js";
import type { RecordedFile } from "./record/record.js";
import type { Affected } from "./select.js";

/** Of test files that do not run those that depend on a path which what ran has changed, or on what is in it or around it. */
export function touchedBy(outcomes: readonly Outcome[], known: readonly RecordedFile[]): string[] {
  const changed = new Set(
    outcomes.flatMap(({ accesses }) => [...(accesses?.changed ?? []), ...(accesses?.removed ?? [])]),
  );
  if (changed.size === 0) return [];
  // To make or remove a file changes the names in its folder.
  const folders = new Set([...changed].map((each) => path.dirname(each)));
  const isTouched = (file: string): boolean => {
    if (folders.has(file)) return true;
    for (let at = file; ; at = path.dirname(at)) {
      if (changed.has(at)) return true;
      if (path.dirname(at) === at) return false;
    }
  };
  return known.filter(({ inputs }) => inputs.some((input) => isTouched(input.path))).map(({ file }) => file);
}

/** What is known once some of the test files that did not run have been looked at again. */
export function joinedAffected(before: Affected, again: Affected): Affected {
  const running = new Set(again.files.map(({ file }) => file));
  return {
    files: [...before.files, ...again.files],
    unchanged: before.unchanged.filter(({ file }) => !running.has(file)),
    sources: new Map([...before.sources, ...again.sources]),
  };
}
