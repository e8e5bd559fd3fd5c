/** A sum that is known where both parts are: what was not counted must not look like little. */
export function sumOfKnown(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Adds to what is kept for a key. */
export function addTo<Key>(sums: Map<Key, number>, key: Key, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}
