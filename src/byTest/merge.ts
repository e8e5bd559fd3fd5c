import { sumOfRuns } from "../hits/byTest/runs.js";
import type { ByTest, CoveredSource, CoverRow } from "../types.js";

/** What several parts of a suite say, or several engines. None is changed. */
export function mergeByTest(all: readonly ByTest[]): ByTest {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  const sources: CoveredSource[] = [];
  const numbers = new Map<string, number>();
  const rows: CoverRow[] = [];
  const places = new Map<string, number>();
  for (const each of all) {
    const sourceNumbers = each.sources.map((source) =>
      numberOf(numbers, JSON.stringify(source), () => sources.push(source) - 1),
    );
    const keys = each.rows.map((row) => keyOf(row, each.rows));
    const rowNumbers = keys.map((key, index) =>
      numberOf(places, key, () => {
        const row = each.rows[index];
        if (row === undefined) throw new Error("a row of its own");
        return rows.push({ ...row, runs: 0, blocks: [], covers: new Map() }) - 1;
      }),
    );
    for (const [index, row] of each.rows.entries()) {
      const place = rowNumbers[index] ?? 0;
      const known = rows[place];
      if (known === undefined) continue;
      const blocks = row.blocks.map((block) => rowNumbers[block] ?? 0);
      rows[place] = {
        ...known,
        runs: row.kind === "test" ? known.runs + row.runs : 1,
        blocks: [...new Set([...known.blocks, ...blocks])],
        covers: added(known.covers, row.covers, sourceNumbers),
      };
    }
  }
  return { sources, rows };
}

function numberOf(numbers: Map<string, number>, key: string, add: () => number): number {
  const number = numbers.get(key) ?? add();
  numbers.set(key, number);
  return number;
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
