import type { CountedParts, TestHits, TestRow } from "../../types.js";
import { eachPart } from "./countedParts.js";
import { PartsWriter } from "./partsWriter.js";
import { RunsSum } from "./runs.js";

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
    this.#rows.set(key, { ...known, runs, counts: sumOfParts([known.counts, row.counts]) });
  }
}

const sum = new RunsSum();
const writer = new PartsWriter();

/** In the order in which the keys first come. */
function sumOfParts(all: readonly CountedParts[]): CountedParts {
  for (const [key, places] of placesOf(all)) {
    addPlaces(sum, all, places);
    sum.moveTo(writer);
    writer.end(key);
  }
  return writer.finish();
}

/** Where the runs of each key are: in which of several, and from where to where there, of one after the other. */
export function placesOf(all: readonly CountedParts[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [index, parts] of all.entries())
    eachPart(parts, (key, start, end) => {
      const known = places.get(key);
      if (known === undefined) places.set(key, [index, start, end]);
      else known.push(index, start, end);
    });
  return places;
}

/** Adds all runs of a key to a sum. */
export function addPlaces(to: RunsSum, all: readonly CountedParts[], places: readonly number[]): void {
  for (let at = 0; at < places.length; at += 3) {
    const parts = all[places[at] ?? 0];
    if (parts !== undefined) to.add(parts.runs, places[at + 1], places[at + 2]);
  }
}
