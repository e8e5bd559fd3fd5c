import { eachRun } from "../hits/byTest/runs.js";
import type { CoverRow } from "../types.js";
import type { RecordedFile } from "./record/record.js";

/** How much of a test file runs something. */
export interface Reach {
  /** How many of its tests, with what goes before and after them. */
  readonly tests: number;
  /** Whether something else of it does. */
  readonly isOutside: boolean;
}

/** Who of a test file has counted something in a source; null for nobody. */
export function reachOf({ rows }: Pick<RecordedFile, "rows">, source: number, count: number): Reach | null {
  const has = rows.map((row) => counts(row, source, count));
  if (!has.includes(true)) return null;
  const tests = rows.filter(
    ({ kind, blocks }, index) => kind === "test" && [index, ...blocks].some((each) => has[each]),
  );
  return {
    tests: new Set(tests.map(({ line, names }) => JSON.stringify([line, names]))).size,
    isOutside: tests.length === 0,
  };
}

/** The numbers of the sources that a test file covers. */
export function sourcesOf({ rows }: RecordedFile): ReadonlySet<number> {
  return new Set(rows.flatMap(({ covers }) => [...covers.keys()]));
}

function counts({ covers }: CoverRow, source: number, wanted: number): boolean {
  const runs = covers.get(source);
  let found = false;
  if (runs !== undefined)
    eachRun(runs, (start, size) => {
      found ||= start <= wanted && wanted < start + size;
    });
  return found;
}
