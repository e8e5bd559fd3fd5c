/** Runs, each once, with a number in the order in which they came. */
export class DistinctRuns {
  readonly all: Uint8Array[] = [];
  /** The last of those with a hash, and for each the one before it. */
  readonly #last = new Map<number, number>();
  readonly #before: (number | undefined)[] = [];

  /** Those of a part of a list, by default of all of it. */
  add(runs: Uint8Array, start = 0, end = runs.length): number {
    const hash = hashOf(runs, start, end);
    const last = this.#last.get(hash);
    for (let index = last; index !== undefined; index = this.#before[index])
      if (areEqual(this.all[index], runs, start, end)) return index;
    const index = this.all.push(runs.subarray(start, end)) - 1;
    this.#last.set(hash, index);
    this.#before.push(last);
    return index;
  }
}

/** FNV-1a: to make strings of them takes several times as long. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return hash;
}

function areEqual(a: Uint8Array | undefined, b: Uint8Array, start: number, end: number): boolean {
  if (a?.length !== end - start) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[start + index]) return false;
  return true;
}
