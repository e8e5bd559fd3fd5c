/** What ran for parts of a file, between threads: each object that is told takes time, and there are a dozen sources for each test. */

import type { CountedParts, Part } from "../../../types.js";

/** News of the kind `ran`, of one job after those before. */
export interface PackedParts {
  readonly kind: "ran packed";
  readonly part: Part;
  /** Keys that no news before this had; they are numbered as they come. */
  readonly keys: readonly string[];
  /** The number of a key, and where its runs end, of one after the other. */
  readonly places: readonly number[];
  readonly runs: Uint8Array;
}

export interface Packer {
  pack(part: Part, counts: CountedParts): PackedParts;
}

export interface Unpacker {
  unpack(packed: PackedParts): CountedParts;
}

/** For the news of one job. */
export function createPacker(): Packer {
  const numbers = new Map<string, number>();
  return {
    pack: (part, counts) => {
      const keys: string[] = [];
      const places: number[] = [];
      const runs = new Uint8Array(counts.reduce((sum, [, { length }]) => sum + length, 0));
      let end = 0;
      for (const [key, own] of counts) {
        const known = numbers.get(key);
        const number = known ?? numbers.size;
        if (known === undefined) {
          numbers.set(key, number);
          keys.push(key);
        }
        runs.set(own, end);
        end += own.length;
        places.push(number, end);
      }
      return { kind: "ran packed", part, keys, places, runs };
    },
  };
}

/** For the news of one job. */
export function createUnpacker(): Unpacker {
  const known: string[] = [];
  return {
    unpack: ({ keys, places, runs }) => {
      known.push(...keys);
      const counts: [string, Uint8Array][] = [];
      let start = 0;
      for (let at = 0; at < places.length; at += 2) {
        const [number = 0, end = 0] = [places[at], places[at + 1]];
        const key = known[number];
        if (key === undefined) throw new Error(`a worker tells of key ${number}, which it has not told`);
        counts.push([key, runs.subarray(start, end)]);
        start = end;
      }
      return counts;
    },
  };
}
