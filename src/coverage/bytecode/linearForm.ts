import type { ChunkHits, InstructionHits } from "../../types.js";

/** Makes the counts of a function's sites of its counters. */
export type LinearForm = (hits: ChunkHits) => readonly number[];

/** What one evaluation tells: so many counters, whose coefficients are digits of the counts, from -8 to 7. */
const [base, digits] = [16, 12];
/** Of a function with more counters it takes too many. */
const mostCounters = 1200;

interface Term {
  readonly counter: number;
  readonly factor: number;
}

/**
 * Each count is a sum and difference of counters. Which of them, a few evaluations say, in which each counter is another power; null
 * where that does not give what `count` makes of `hits`.
 */
export function linearForm(
  index: number,
  hits: ChunkHits,
  count: (hits: ChunkHits) => readonly number[],
): LinearForm | null {
  const size = hits.instructions[index]?.counts.length ?? 0;
  const counters = 1 + 3 * size;
  if (counters > mostCounters) return null;
  const terms: Term[][] = count(hits).map(() => []);
  for (let first = 0; first < counters; first += digits) {
    const values = new Float64Array(counters);
    for (let at = 0; at < digits && first + at < counters; at++) values[first + at] = base ** at;
    for (const [site, sum] of count(hitsWith(index, hits, values, size)).entries())
      for (const { counter, factor } of termsIn(sum)) terms[site]?.push({ counter: first + counter, factor });
  }
  const form = (own: ChunkHits) => {
    const values = valuesOf(index, own, size);
    return terms.map((all) =>
      all.reduce((sum, { counter, factor }) => sum + factor * (values[counter] ?? 0), 0),
    );
  };
  const expected = count(hits);
  return form(hits).every((sum, site) => sum === expected[site]) ? form : null;
}

/** The digits of a sum, which may be negative. */
function termsIn(sum: number): Term[] {
  const terms: Term[] = [];
  let rest = sum;
  for (let counter = 0; rest !== 0 && counter <= digits; counter++) {
    const digit = ((rest % base) + base) % base;
    const factor = digit >= base / 2 ? digit - base : digit;
    if (factor !== 0) terms.push({ counter, factor });
    rest = (rest - factor) / base;
  }
  return terms;
}

function hitsWith(index: number, { calls }: ChunkHits, values: Float64Array, size: number): ChunkHits {
  const own = Array.from({ length: calls.length }, (_, fn) => (fn === index ? (values[0] ?? 0) : 0));
  const part = (place: number) => values.subarray(1 + place * size, 1 + (place + 1) * size);
  const instructions: InstructionHits[] = [];
  instructions[index] = { counts: part(0), fell: part(1), jumped: part(2) };
  return { lines: [], calls: own, instructions };
}

/** The counter of calls, then those of instructions. */
function valuesOf(index: number, { calls, instructions }: ChunkHits, size: number): Float64Array {
  const values = new Float64Array(1 + 3 * size);
  values[0] = calls[index] ?? 0;
  const own = instructions[index];
  if (own === undefined) return values;
  for (const [place, part] of [own.counts, own.fell, own.jumped].entries())
    values.set(part, 1 + place * size);
  return values;
}
