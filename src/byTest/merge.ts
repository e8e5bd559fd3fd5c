import { sumOfRuns } from "../hits/byTest/runs.js";
import type { ByTest, CoveredSource, CoverRow } from "../types.js";

/** What several parts of a suite say, or several engines. None is changed. */
export function mergeByTest(all: readonly ByTest[]): ByTest {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  const sources = createNumbered<CoveredSource>();
  const rows = createNumbered<CoverRow>();
  for (const each of all) addAll(each, sources, rows);
  return { sources: sources.all, rows: rows.all };
}

function addAll(each: ByTest, sources: Numbered<CoveredSource>, rows: Numbered<CoverRow>): void {
  const sourceNumbers = each.sources.map((source) => sources.numberOf(JSON.stringify(source), () => source));
  const rowNumbers = each.rows.map((row) =>
    rows.numberOf(keyOf(row, each.rows), () => ({ ...row, runs: 0, blocks: [], covers: new Map() })),
  );
  for (const [index, row] of each.rows.entries()) {
    const blocks = row.blocks.map((block) => rowNumbers[block] ?? 0);
    rows.change(rowNumbers[index] ?? 0, (known) => ({
      ...known,
      runs: row.kind === "test" ? known.runs + row.runs : 1,
      blocks: [...new Set([...known.blocks, ...blocks])],
      covers: added(known.covers, row.covers, sourceNumbers),
    }));
  }
}

/** Things in the order in which they came, each once by its key. */
interface Numbered<Thing> {
  readonly all: readonly Thing[];
  numberOf(key: string, make: () => Thing): number;
  change(number: number, changed: (known: Thing) => Thing): void;
}

function createNumbered<Thing>(): Numbered<Thing> {
  const all: Thing[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf: (key, make) => {
      const number = numbers.get(key) ?? all.push(make()) - 1;
      numbers.set(key, number);
      return number;
    },
    change: (number, changed) => {
      const known = all[number];
      if (known !== undefined) all[number] = changed(known);
    },
  };
}

function keyOf({ kind, file, line, names, lua, blocks }: CoverRow, rows: readonly CoverRow[]): string {
  const around = kind === "block" ? [] : blocks.map((block) => rows[block]?.line ?? null);
  return JSON.stringify([kind, file, line, names, lua, kind === "test" ? [] : around]);
}

function added(
  sum: CoverRow["covers"],
  covers: CoverRow["covers"],
  numbers: readonly number[],
): CoverRow["covers"] {
  const result = new Map(sum);
  for (const [source, runs] of covers) {
    const number = numbers[source] ?? 0;
    const known = result.get(number);
    result.set(number, known === undefined ? runs : sumOfRuns(known, runs));
  }
  return result;
}
