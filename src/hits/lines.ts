import type { LineHits } from "../types.js";

interface Sum {
  readonly lua: string;
  readonly lines: Map<number, number>;
  readonly calls: Map<string, number>;
  readonly active: Map<string, readonly number[]>;
}

/** A sum of what debug hooks have counted, by the key of a source and the kind of Lua. */
export class LineHitsSum {
  readonly #sums = new Map<string, Map<string, Sum>>();

  /** The sum so far. */
  get hits(): ReadonlyMap<string, readonly LineHits[]> {
    return new Map([...this.#sums].map(([key, byLua]) => [key, [...byLua.values()]]));
  }

  add(hits: ReadonlyMap<string, readonly LineHits[]>): void {
    for (const [key, each] of hits) for (const one of each) this.#add(key, one);
  }

  #add(key: string, { lua, lines, calls, active }: LineHits): void {
    const byLua = this.#sums.get(key) ?? new Map<string, Sum>();
    this.#sums.set(key, byLua);
    const sum = byLua.get(lua) ?? { lua, lines: new Map(), calls: new Map(), active: new Map() };
    byLua.set(lua, sum);
    addCounts(sum.lines, lines);
    addCounts(sum.calls, calls);
    // Functions of one place have all of their lines together.
    for (const [place, known] of active) {
      sum.active.set(place, [...new Set([...(sum.active.get(place) ?? []), ...known])]);
    }
  }
}

function addCounts<Key>(sum: Map<Key, number>, counts: ReadonlyMap<Key, number>): void {
  for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
}
