import type { ProfiledFunction } from "../types.js";

/** What two programs have in common that ran the same function. */
export function functionKey({ kind, file, line, lastLine, name }: ProfiledFunction): string {
  return JSON.stringify([file, line, lastLine, kind, name]);
}

/** Functions in the order of their files, then of their places there; those without a file are the last. */
export function compareFunctions(a: ProfiledFunction, b: ProfiledFunction): number {
  return (
    compareTexts(a.file, b.file) ||
    a.line - b.line ||
    a.lastLine - b.lastLine ||
    compareTexts(a.kind, b.kind) ||
    compareTexts(a.name, b.name)
  );
}

/** By code units, the same on every machine. */
export function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
