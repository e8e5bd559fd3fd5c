import type { BigIntStats } from "node:fs";

/**
 * The names that a program has given to files itself, all of them in the project. What has more names than those had
 * another one before, which may be outside: who writes to it changes that, too.
 */
export class OwnLinks {
  readonly #counts = new Map<string, bigint>();

  add(stats: BigIntStats): void {
    this.#counts.set(keyOf(stats), this.#count(stats) + 1n);
  }

  hasOthers(stats: BigIntStats): boolean {
    return !stats.isDirectory() && stats.nlink > 1n + this.#count(stats);
  }

  #count(stats: BigIntStats): bigint {
    return this.#counts.get(keyOf(stats)) ?? 0n;
  }
}

function keyOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
