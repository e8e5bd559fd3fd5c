import { emptyProfile } from "../profile/merge.js";
import type { Hits } from "../types.js";
import { TestHitsSum } from "./byTest/sum.js";
import { BytecodeHitsSum } from "./bytecode.js";
import { LineHitsSum } from "./lines.js";
import { ProbeHitsSum } from "./probes.js";
import { ProfileSum } from "./profiles.js";

export const noHits: Hits = { bytecode: {}, probes: new Map(), lines: new Map(), profile: emptyProfile };

/** The sum of two sets of hits. Neither is changed. */
export function addHits(a: Hits, b: Hits): Hits {
  if (isEmpty(b)) return a;
  const sum = new HitsSum();
  sum.add(a);
  sum.add(b);
  return sum.hits;
}

function isEmpty({ bytecode, probes, lines, profile, tests }: Hits): boolean {
  const hasCounts =
    Object.keys(bytecode).length > 0 || probes.size > 0 || lines.size > 0 || (tests?.size ?? 0) > 0;
  return !hasCounts && profile === emptyProfile;
}

/**
 * A sum of many sets of hits, kept in counters of its own: a suite of thousands of files leaves no more behind than
 * one file does. Each way of measuring adds its own.
 */
export class HitsSum {
  readonly #bytecode = new BytecodeHitsSum();
  readonly #probes = new ProbeHitsSum();
  readonly #lines = new LineHitsSum();
  readonly #profiles = new ProfileSum();
  readonly #tests = new TestHitsSum();

  /** The sum so far. */
  get hits(): Hits {
    return {
      bytecode: this.#bytecode.hits,
      probes: this.#probes.hits,
      lines: this.#lines.hits,
      profile: this.#profiles.sum,
      tests: this.#tests.hits,
    };
  }

  add({ bytecode, probes, lines, profile, tests }: Hits): void {
    this.#bytecode.add(bytecode);
    this.#probes.add(probes);
    this.#lines.add(lines);
    this.#profiles.add(profile);
    if (tests !== undefined) this.#tests.add(tests);
  }
}
