/**
 * Counters of which most are 0, in few bytes: for each run of equal counters how many zeros go before it, how long it is, and the
 * count. These are numbers of seven bits a byte, the lowest first, of which all but the last have the eighth bit.
 */

/** Writes runs, from the first counter on. */
export class RunsWriter {
  #bytes = new Uint8Array(64);
  #length = 0;
  /** Behind the last run, and the run that may still grow. */
  #end = 0;
  #start = 0;
  #size = 0;
  #count = 0;

  /** Indices must grow; a count of 0 is none. */
  add(index: number, count: number): void {
    if (count === 0) return;
    if (this.#size > 0 && count === this.#count && index === this.#start + this.#size) {
      this.#size++;
      return;
    }
    this.#flush();
    this.#start = index;
    this.#size = 1;
    this.#count = count;
  }

  /** What was written, null for nothing but zeros. */
  finish(): Uint8Array | null {
    this.#flush();
    return this.#length === 0 ? null : this.#bytes.slice(0, this.#length);
  }

  #flush(): void {
    if (this.#size === 0) return;
    if (this.#length + 30 > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#put(this.#start - this.#end);
    this.#put(this.#size);
    this.#put(this.#count);
    this.#end = this.#start + this.#size;
    this.#size = 0;
  }

  #put(number: number): void {
    let rest = number;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#bytes[this.#length++] = 128 | (rest % 128);
    this.#bytes[this.#length++] = rest;
  }
}

/** Tells of each run: where it begins, how long it is, and its count. */
export function eachRun(runs: Uint8Array, tell: (start: number, size: number, count: number) => void): void {
  let start = 0;
  for (let at = 0; at < runs.length; ) {
    const zeros = numberAt(runs, at);
    at += bytesOf(zeros);
    const size = numberAt(runs, at);
    at += bytesOf(size);
    const count = numberAt(runs, at);
    at += bytesOf(count);
    start += zeros;
    tell(start, size, count);
    start += size;
  }
}

function numberAt(runs: Uint8Array, at: number): number {
  const first = runs[at] ?? 0;
  if (first < 128) return first;
  let number = first & 127;
  for (let index = at + 1, factor = 128; ; index++, factor *= 128) {
    const byte = runs[index] ?? 0;
    number += (byte & 127) * factor;
    if (byte < 128) return number;
  }
}

/** How many bytes a number takes. */
function bytesOf(number: number): number {
  let bytes = 1;
  for (let rest = number; rest > 127; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Adds runs to counters, so many times. */
export function addRuns(sum: number[] | Float64Array, runs: Uint8Array, times = 1): void {
  eachRun(runs, (start, size, count) => {
    // An array with holes would be slow.
    for (let index = sum.length; index < start; index++) sum[index] = 0;
    for (let index = start; index < start + size; index++) sum[index] = (sum[index] ?? 0) + times * count;
  });
}

/** Counters as runs, null where all are 0. */
export function runsOf(counters: ArrayLike<number>): Uint8Array | null {
  const writer = new RunsWriter();
  for (let index = 0; index < counters.length; index++) writer.add(index, counters[index] ?? 0);
  return writer.finish();
}

/** The sum of two. */
export function sumOfRuns(a: Uint8Array, b: Uint8Array): Uint8Array {
  const sum: number[] = [];
  addRuns(sum, a);
  addRuns(sum, b);
  return runsOf(sum) ?? new Uint8Array();
}
