import { eachRun, runsOf } from "../../../hits/byTest/runs.js";
import type { ChunkHits, InstructionHits } from "../../../types.js";
import type { ParsedFile } from "../../siteAnalysis.js";
import { countsOf, type PartSites, siteNumbers } from "../../siteNumbers.js";
import type { SitesOfFunction } from "../../sites/sitesOf.js";
import { type LinearForm, linearForm } from "../linearForm.js";
import type { LinkedFunction } from "../link.js";
import { countSites } from "./countSites.js";

/** Functions in the order of their counters. */
interface Counted {
  readonly fn: LinkedFunction;
  readonly places: SitesOfFunction;
  readonly numbers: Int32Array;
  /** What its counters have come to, by the counters: many parts do the same in a function. */
  readonly known: Map<string, readonly number[]>;
  /** How its counts follow from its counters, once they have been asked for often; null where that cannot be said. */
  form: LinearForm | null | undefined;
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
      return [pair.fn.index, { ...pair, numbers, known: new Map(), form: undefined }];
    }),
  );
  const memory = createMemory(hits);
  const sum = new Float64Array(size);
  return (runs) => {
    sum.fill(0);
    for (const [index, key] of memory.put(runs)) {
      const counted = functions.get(index);
      if (counted !== undefined) addCounts(sum, counted, key, memory.hits);
    }
    memory.clear();
    return runsOf(sum);
  };
}

function addCounts(sum: Float64Array, counted: Counted, key: string, hits: ChunkHits): void {
  const { numbers, known } = counted;
  const counts = known.get(key) ?? countsIn(counted, hits);
  known.set(key, counts);
  if (counts.length !== numbers.length) throw new Error("sites depend on their counts");
  for (const [at, count] of counts.entries()) {
    const number = numbers[at] ?? -1;
    if (number >= 0) sum[number] = count;
  }
}

/** After so many parts, to find out how counts follow costs less than to count each time. */
const often = 12;

function countsIn(counted: Counted, hits: ChunkHits): readonly number[] {
  const { fn, places, known } = counted;
  const direct = (own: ChunkHits) => countsOf(countSites(fn, places, own));
  if (known.size < often) return direct(hits);
  if (counted.form === undefined) counted.form = linearForm(fn.index, hits, direct);
  return counted.form === null ? direct(hits) : counted.form(hits);
}

/** A chunk's counters in one memory, in the order of a live chunk's. */
interface Layout {
  readonly lines: number;
  /** Where instructions begin, behind the calls. */
  readonly first: number;
  /** Where those of each function begin, and behind the last one. */
  readonly starts: readonly number[];
}

function layoutOf({ lines, calls, instructions }: ChunkHits): Layout {
  const first = lines.length + calls.length;
  const starts = [first];
  for (const { counts } of instructions) starts.push((starts.at(-1) ?? 0) + 3 * counts.length);
  return { lines: lines.length, first, starts };
}

/** Holds the counters of one part at a time. */
function createMemory({ lines, calls, instructions }: ChunkHits) {
  const layout = layoutOf({ lines, calls, instructions });
  const memory = new Float64Array(layout.starts.at(-1) ?? layout.first);
  const part = (start: number, size: number) => memory.subarray(start, start + size);
  const views = instructions.map(({ counts: { length: size } }, index): InstructionHits => {
    const start = layout.starts[index] ?? 0;
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
      eachRun(runs, (start, size, count) => {
        memory.fill(count, start, start + size);
        filled.push([start, size]);
        eachFunction(layout, start, start + size, (fn, place) => {
          keys.set(fn, `${keys.get(fn) ?? ""}${place},${count};`);
        });
      });
      return keys;
    },
    clear: () => {
      for (const [start, size] of filled.splice(0)) memory.fill(0, start, start + size);
    },
  };
}

/** Tells of each function that counters from one on to another are for, with which of its own they are. */
function eachFunction(
  { lines, first, starts }: Layout,
  start: number,
  end: number,
  tell: (fn: number, place: string) => void,
): void {
  for (let at = Math.max(start, lines); at < Math.min(end, first); at++) tell(at - lines, "calls");
  if (end <= first) return;
  for (let at = Math.max(start, first), fn = functionAt(starts, at); at < end; fn++) {
    const next = Math.min(end, starts[fn + 1] ?? end);
    if (next > at) tell(fn, `${at - (starts[fn] ?? 0)},${next - at}`);
    at = next;
  }
}

/** The last function whose counters begin at or before a place. */
function functionAt(starts: readonly number[], place: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
