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

  /** The next index is one of other counters, and begins at 0 again. Where the runs so far end, in bytes. */
  end(): number {
    this.#flush();
    this.#end = 0;
    return this.#length;
  }

  /** All runs since it was last asked; null for nothing but zeros. */
  finish(): Uint8Array | null {
    const length = this.end();
    this.#length = 0;
    return length === 0 ? null : this.#bytes.slice(0, length);
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
  const reader = new RunsReader(runs);
  while (reader.next()) tell(reader.start, reader.size, reader.count);
}

/** Puts the three numbers of each run into a list that has a place for each byte, and says how many these are. */
export function readNumbers(runs: Uint8Array, into: Float64Array): number {
  let [length, number, factor] = [0, 0, 1];
  for (let at = 0; at < runs.length; at++) {
    const byte = runs[at] ?? 0;
    number += (byte & 127) * factor;
    factor *= 128;
    if (byte > 127) continue;
    into[length++] = number;
    number = 0;
    factor = 1;
  }
  return length;
}

/** Reads one run after the other. */
class RunsReader {
  start = 0;
  size = 0;
  count = 0;
  readonly #runs: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(runs: Uint8Array, start = 0, end = runs.length) {
    this.#runs = runs;
    this.#at = start;
    this.#end = end;
  }

  /** Whether there is one more, which is then the one. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    this.start += this.size + this.#number();
    this.size = this.#number();
    this.count = this.#number();
    return true;
  }

  #number(): number {
    const first = this.#runs[this.#at++] ?? 0;
    if (first < 128) return first;
    let number = first & 127;
    for (let factor = 128; ; factor *= 128) {
      const byte = this.#runs[this.#at++] ?? 0;
      number += (byte & 127) * factor;
      if (byte < 128) return number;
    }
  }
}

/** Adds runs to counters that are at least as many, so many times. */
export function addRuns(sum: Float64Array, runs: Uint8Array, times = 1): void {
  const reader = new RunsReader(runs);
  while (reader.next()) {
    const { start, size, count } = reader;
    for (let index = start; index < start + size; index++) sum[index] = (sum[index] ?? 0) + times * count;
  }
}

const writer = new RunsWriter();

/** Counters as runs, null where all are 0. */
export function runsOf(counters: ArrayLike<number>): Uint8Array | null {
  for (let index = 0; index < counters.length; index++) writer.add(index, counters[index] ?? 0);
  return writer.finish();
}

/** A sum of runs and of single counts, of as many counters as these have. */
export class RunsSum {
  #counters = new Float64Array(256);
  #size = 0;

  /** Until more is added. */
  get counters(): Float64Array {
    return this.#counters.subarray(0, this.#size);
  }

  /** Those of a part of a list, by default of all of it. */
  add(runs: Uint8Array, from?: number, to?: number): void {
    const reader = new RunsReader(runs, from, to);
    while (reader.next()) {
      const { start, size, count } = reader;
      this.#reach(start + size);
      for (let index = start; index < start + size; index++)
        this.#counters[index] = (this.#counters[index] ?? 0) + count;
    }
  }

  count(index: number, count: number): void {
    this.#reach(index + 1);
    this.#counters[index] = (this.#counters[index] ?? 0) + count;
  }

  /** The sum, which is empty from here on. */
  take(): Uint8Array {
    this.moveTo(writer);
    return writer.finish() ?? new Uint8Array();
  }

  /** The same, to what writes the counters of several sources. */
  moveTo(to: Pick<RunsWriter, "add">): void {
    const { counters } = this;
    for (let index = 0; index < counters.length; index++) to.add(index, counters[index] ?? 0);
    this.clear();
  }

  clear(): void {
    this.counters.fill(0);
    this.#size = 0;
  }

  #reach(size: number): void {
    if (size <= this.#size) return;
    this.#size = size;
    if (size <= this.#counters.length) return;
    const larger = new Float64Array(2 * size);
    larger.set(this.#counters);
    this.#counters = larger;
  }
}

const both = new RunsSum();

/** The sum of two. */
export function sumOfRuns(a: Uint8Array, b: Uint8Array): Uint8Array {
  both.add(a);
  both.add(b);
  return both.take();
}
