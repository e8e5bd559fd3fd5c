import type { TestHits, TestRow } from "../../types.js";
import { sumOfRuns } from "./runs.js";

/** A sum of what ran for tests, in several rounds or attempts. */
export class TestHitsSum {
  readonly #rows = new Map<string, TestRow>();

  get hits(): TestHits {
    return this.#rows;
  }

  add(hits: TestHits): void {
    for (const [key, row] of hits) this.addRow(key, row);
  }

  addRow(key: string, row: TestRow): void {
    const known = this.#rows.get(key);
    if (known === undefined) {
      this.#rows.set(key, row);
      return;
    }
    const runs = row.part.kind === "test" ? known.runs + row.runs : 1;
    const counts = new Map(known.counts);
    for (const [source, counted] of row.counts) {
      const before = counts.get(source);
      counts.set(source, before === undefined ? counted : sumOfRuns(before, counted));
    }
    this.#rows.set(key, { ...known, runs, counts });
  }
}
