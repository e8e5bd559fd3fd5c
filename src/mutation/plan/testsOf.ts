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

/** Of a test that is to run, its file in its Lua, and its names; null for all tests of the file. */
interface Wanted {
  readonly file: string;
  readonly lua: string | null;
  readonly row: CoverRow | null;
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
  const inOrder = files.toSorted(fastFirst);
  const wantedBy = (row: CoverRow): Wanted[] => {
    if (row.kind === "test") return [{ file: row.file ?? "", lua: row.lua, row }];
    const own = byBlock.get(row) ?? [];
    if (row.kind === "block" && own.length > 0)
      return own.map((each) => ({ file: each.file ?? "", lua: each.lua, row: each }));
    // What is loaded is so for all tests of the file; whose programs ran it, nobody knows.
    return files
      .filter(({ file, lua }) => row.file === null || (row.file === file && row.lua === lua))
      .map(({ file, lua }) => ({ file, lua, row: null }));
  };
  return {
    tests,
    coveredBy: (found) => {
      const wanted = found.flatMap(wantedBy);
      const runs = inOrder.flatMap((each) => runOf(each, wanted) ?? []);
      const isWanted = (row: CoverRow) =>
        runs.some(
          ({ file, lua, names }) =>
            file === row.file && lua === row.lua && (names?.includes(row.names) ?? true),
        );
      const own = testRows.filter(isWanted).flatMap((row) => ids.get(keyOf(row)) ?? []);
      return { tests: [...new Set(own)], runs };
    },
    idsOf: (file, names) => {
      const all = testRows.filter((row) => row.file === file);
      const named = all.filter((row) => JSON.stringify(row.names) === JSON.stringify(names));
      return [...new Set((named.length > 0 ? named : all).flatMap((row) => ids.get(keyOf(row)) ?? []))];
    },
  };
}

/** How a file is to run; null where none of its tests is wanted. */
function runOf({ file, lua, duration }: TestedFile, wanted: readonly Wanted[]): TestRun | null {
  const own = wanted.filter((each) => each.file === file && each.lua === lua);
  if (own.length === 0) return null;
  const rows = new Set(own.map(({ row }) => row));
  const names = rows.has(null) ? null : [...rows].flatMap((row) => (row === null ? [] : [row.names]));
  return { file, lua, names, timeout: limitFor(duration) };
}

/** Times differ from run to run, and which test finds a mutant is not to: what takes about as long goes by name. */
function fastFirst(a: TestedFile, b: TestedFile): number {
  const [own, other] = [magnitude(a.duration), magnitude(b.duration)];
  if (own !== other) return own - other;
  return a.file < b.file ? -1 : Number(a.file !== b.file);
}

/** One for up to a quarter of a second, two for up to a second, and so on. */
function magnitude(duration: number): number {
  return Math.max(1, Math.ceil(Math.log(duration / 62.5) / Math.log(4)));
}

/** Seconds: a change seldom makes tests slower, and a machine that is busy with other mutants much more so. */
function limitFor(duration: number): number {
  return Math.ceil(10 + duration / 25) / 10;
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
