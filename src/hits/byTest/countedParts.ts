import type { CountedParts } from "../../types.js";

export const noParts: CountedParts = { keys: [], ends: [], runs: new Uint8Array() };

/** Tells of each key, and where in the runs of all its own begin and end. */
export function eachPart(
  { keys, ends }: CountedParts,
  tell: (key: string, start: number, end: number) => void,
): void {
  let start = 0;
  for (const [index, key] of keys.entries()) {
    const end = ends[index] ?? start;
    tell(key, start, end);
    start = end;
  }
}
