import { eachRun, runsOf } from "../../hits/byTest/runs.js";
import type { ChunkHits, InstructionHits } from "../../types.js";
import type { ParsedFile } from "../siteAnalysis.js";
import { countsOf, siteNumbers } from "../siteNumbers.js";
import type { Sites } from "../sites.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";
import { countSites } from "./countSites.js";
import type { LinkedFunction } from "./link.js";

/** Makes of the counters of a part of a run the counts of a file's sites, both as runs; null where it has none. */
export type PartSites = (runs: Uint8Array) => Uint8Array | null;

/** Functions in the order of their counters. */
interface Counted {
  readonly fn: LinkedFunction;
  readonly places: SitesOfFunction;
  readonly numbers: Int32Array;
  /** What its counters have come to, by the counters: many parts do the same in a function. */
  readonly known: Map<string, readonly number[]>;
}

/** `hits` are those of the whole run. */
export function partSites(
  file: ParsedFile,
  linked: readonly LinkedFunction[],
  allPlaces: readonly SitesOfFunction[],
  hits: ChunkHits,
): PartSites {
  const pairs = linked.flatMap((fn) => {
    const places = allPlaces[fn.index];
    return places === undefined ? [] : [{ fn, places }];
  });
  const { groups, size } = siteNumbers(
    file,
    pairs.map(({ fn, places }) => countSites(fn, places, hits)),
  );
  const functions = new Map<number, Counted>(
    pairs.map((pair, index) => {
      const numbers = groups[index] ?? new Int32Array();
      return [pair.fn.index, { ...pair, numbers, known: new Map() }];
    }),
  );
  const memory = layoutOf(hits);
  const sum = new Float64Array(size);
  return (runs) => {
    sum.fill(0);
    for (const [index, key] of memory.put(runs)) {
      const counted = functions.get(index);
      if (counted === undefined) continue;
      const counts = counted.known.get(key) ?? countsOf(count(counted, memory.hits));
      counted.known.set(key, counts);
      if (counts.length !== counted.numbers.length) throw new Error("sites depend on their counts");
      for (const [at, each] of counts.entries()) {
        const number = counted.numbers[at] ?? -1;
        if (number >= 0) sum[number] = each;
      }
    }
    memory.clear();
    return runsOf(sum);
  };
}

function count({ fn, places }: Counted, hits: ChunkHits): Sites {
  return countSites(fn, places, hits);
}

/** The counters of a live chunk's memory, as the counters of a chunk. */
function layoutOf({ lines, calls, instructions }: ChunkHits) {
  const first = lines.length + calls.length;
  const sizes = instructions.map(({ counts }) => counts.length);
  const starts = [first];
  for (const each of sizes) starts.push((starts.at(-1) ?? 0) + 3 * each);
  const memory = new Float64Array(starts.at(-1) ?? first);
  const part = (start: number, size: number) => memory.subarray(start, start + size);
  const views = sizes.map((size, index): InstructionHits => {
    const start = starts[index] ?? 0;
    return {
      counts: part(start, size),
      fell: part(start + size, size),
      jumped: part(start + 2 * size, size),
    };
  });
  const filled: [number, number][] = [];
  return {
    hits: { lines: [], calls: part(lines.length, calls.length), instructions: views } satisfies ChunkHits,
    /** Which functions have run, with their counters as a text. */
    put: (runs: Uint8Array): ReadonlyMap<number, string> => {
      const keys = new Map<number, string>();
      let index = 0;
      eachRun(runs, (start, size, count) => {
        memory.fill(count, start, start + size);
        filled.push([start, size]);
        for (let at = start; at < start + size; ) {
          if (at < lines.length) {
            at = Math.min(lines.length, start + size);
            continue;
          }
          const isCalls = at < first;
          if (!isCalls) while ((starts[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index++;
          const fn = isCalls ? at - lines.length : index;
          const from = isCalls ? at : (starts[index] ?? 0);
          const end = Math.min(start + size, isCalls ? at + 1 : (starts[index + 1] ?? at + 1));
          keys.set(fn, `${keys.get(fn) ?? ""}${isCalls ? "c" : at - from},${end - at},${count};`);
          at = end;
        }
      });
      return keys;
    },
    clear: () => {
      for (const [start, size] of filled.splice(0)) memory.fill(0, start, start + size);
    },
  };
}
