import type { ByTest, CoverRow, MutationTest } from "../../types.js";
import type { TestedFile, TestRun } from "../run/messages.js";

/** The tests of a suite, as a run of mutants knows them. */
export interface MutationSuite {
  readonly tests: readonly MutationTest[];
  /** The tests that rows stand for, by their ids, and how they are to run, the fastest file first. */
  coveredBy(rows: readonly CoverRow[]): Covering;
  /** Which test of a file has a name; those of the file where none has it. */
  idsOf(file: string, names: readonly string[]): readonly string[];
}

export interface Covering {
  readonly tests: readonly string[];
  readonly runs: readonly TestRun[];
}

/** What of a test file is to run in one Lua. */
interface Planned {
  readonly file: TestedFile;
  readonly rows: readonly CoverRow[];
  /** Whether that is all of its tests. */
  readonly isWhole: boolean;
}

/** `nameOf` is that of a test file from the project root on. */
export function mutationSuite(
  { rows }: ByTest,
  files: readonly TestedFile[],
  nameOf: (file: string) => string,
): MutationSuite {
  const testRows = rows.filter(({ kind }) => kind === "test");
  const ids = idsByKey(testRows);
  const tests = testsOf(testRows, ids, nameOf);
  const byBlock = blocksOf(rows);
  const byFile = rowsByFile(testRows);
  const known = new Map(files.map((file) => [fileKey(file), file]));
  const plannedBy = (found: readonly CoverRow[]): Planned[] =>
    Array.from(wantedOf(found, byBlock, [...known.keys()]), ([key, own]) => {
      const file = known.get(key);
      const rows = own === null ? (byFile.get(key) ?? []) : [...own];
      return file === undefined ? [] : [{ file, rows, isWhole: own === null }];
    }).flat();
  const idsOfRows = (all: readonly CoverRow[]) => [
    ...new Set(all.flatMap((row) => ids.get(keyOf(row)) ?? [])),
  ];
  return {
    tests,
    coveredBy: (found) => {
      const planned = plannedBy(found).toSorted(quickFirst);
      return { tests: idsOfRows(planned.flatMap((each) => each.rows)), runs: planned.map(runOf) };
    },
    idsOf: (file, names) => {
      const all = testRows.filter((row) => row.file === file);
      const named = all.filter((row) => JSON.stringify(row.names) === JSON.stringify(names));
      // What fails outside of its tests fails before the first of them.
      return idsOfRows(named.length > 0 ? named : all.slice(0, 1));
    },
  };
}

/** By test file and Lua, the tests that rows stand for; null for all. */
function wantedOf(
  found: readonly CoverRow[],
  byBlock: ReadonlyMap<CoverRow, readonly CoverRow[]>,
  all: readonly string[],
): ReadonlyMap<string, ReadonlySet<CoverRow> | null> {
  const wanted = new Map<string, Set<CoverRow> | null>();
  const add = (row: CoverRow) => {
    const own = wanted.get(fileKey(row));
    if (own !== null) wanted.set(fileKey(row), (own ?? new Set()).add(row));
  };
  for (const row of found) {
    const own = row.kind === "test" ? [row] : (byBlock.get(row) ?? []);
    for (const each of own) add(each);
    // What is loaded is so for all tests of the file; whose programs ran it, nobody knows.
    const whole = row.file === null ? all : [fileKey(row)];
    if (own.length === 0) for (const key of whole) wanted.set(key, null);
  }
  return wanted;
}

/** How a file is to run. */
function runOf({ file: { file, lua, duration }, rows, isWhole }: Planned): TestRun {
  return { file, lua, names: isWhole ? null : rows.map(({ names }) => names), timeout: limitFor(duration) };
}

function rowsByFile(rows: readonly CoverRow[]): ReadonlyMap<string, readonly CoverRow[]> {
  const found = new Map<string, CoverRow[]>();
  for (const row of rows) {
    const own = found.get(fileKey(row));
    if (own === undefined) found.set(fileKey(row), [row]);
    else own.push(row);
  }
  return found;
}

function fileKey({ file, lua }: { readonly file: string | null; readonly lua: string | null }): string {
  return JSON.stringify([file, lua]);
}

/**
 * Which test finds a mutant must not depend on how busy the machine was: of files that take no more than some seconds those with
 * the fewest tests to run go first, and then it goes by name.
 */
function quickFirst(a: Planned, b: Planned): number {
  const [own, other] = [magnitudeOf(a.file), magnitudeOf(b.file)];
  if (own !== other) return own - other;
  if (a.rows.length !== b.rows.length) return a.rows.length - b.rows.length;
  return fileKey(a.file) < fileKey(b.file) ? -1 : 1;
}

/** 0 for up to two seconds, one for up to eight, and so on. */
function magnitudeOf({ duration }: TestedFile): number {
  return Math.max(0, Math.ceil(Math.log(duration / 2000) / Math.log(4)));
}

/**
 * Seconds: two, in which a Lua that was ended is compiled anew and a stack overflows, and five times what the tests took, which a
 * busy machine has made long rather than short.
 */
function limitFor(duration: number): number {
  return Math.ceil(20 + duration / 20) / 10;
}

function keyOf({ file, line, names }: CoverRow): string {
  return JSON.stringify([file, line, names]);
}

/** The same test in several Luas is one. */
function idsByKey(rows: readonly CoverRow[]): ReadonlyMap<string, string> {
  const keys = [...new Set(rows.map(keyOf))];
  return new Map(keys.map((key, index) => [key, String(index)]));
}

function testsOf(
  rows: readonly CoverRow[],
  ids: ReadonlyMap<string, string>,
  nameOf: (file: string) => string,
): MutationTest[] {
  const tests = new Map<string, MutationTest>();
  for (const row of rows) {
    const id = ids.get(keyOf(row)) ?? "";
    const file = nameOf(row.file ?? "");
    const name = row.names.length === 0 ? file : row.names.join(" ");
    tests.set(id, { id, file, line: row.line, name });
  }
  return [...tests.values()];
}

/** The rows of the tests of each block. */
function blocksOf(rows: readonly CoverRow[]): ReadonlyMap<CoverRow, readonly CoverRow[]> {
  const found = new Map<CoverRow, CoverRow[]>();
  for (const row of rows) {
    for (const index of row.blocks) {
      const block = rows[index];
      if (block !== undefined) found.set(block, [...(found.get(block) ?? []), row]);
    }
  }
  return found;
}
