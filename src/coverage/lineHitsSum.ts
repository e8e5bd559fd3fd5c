import type { LineHits } from "../types.js";

interface MutableLineHits extends LineHits {
  readonly lines: Map<number, number>;
  readonly calls: Map<string, number>;
  readonly active: Map<string, readonly number[]>;
}

/** A sum of what debug hooks have counted, by the key of a source. */
export class LineHitsSum {
  readonly #sum = new Map<string, MutableLineHits>();

  /** The sum so far. */
  get hits(): ReadonlyMap<string, LineHits> {
    return this.#sum;
  }

  add(hits: ReadonlyMap<string, LineHits>): void {
    for (const [key, { lines, calls, active }] of hits) {
      const own = this.#sum.get(key) ?? { lines: new Map(), calls: new Map(), active: new Map() };
      this.#sum.set(key, own);
      addCounts(own.lines, lines);
      addCounts(own.calls, calls);
      // Every process that ran a function knows the same of it.
      for (const [place, known] of active) own.active.set(place, known);
    }
  }
}

function addCounts<Key>(sum: Map<Key, number>, counts: ReadonlyMap<Key, number>): void {
  for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
}
