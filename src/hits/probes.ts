import type { ProbeHits } from "../types.js";

/** A sum of many sets of counters of probes, kept in counters of its own. */
export class ProbeHitsSum {
  readonly #sum = new Map<string, number[]>();

  /** The sum so far. */
  get hits(): ProbeHits {
    return this.#sum;
  }

  add(hits: ProbeHits): void {
    for (const [key, counters] of hits) {
      const own = this.#sum.get(key) ?? [];
      this.#sum.set(key, own);
      for (let index = 0; index < counters.length; index++)
        own[index] = (own[index] ?? 0) + (counters[index] ?? 0);
    }
  }
}
