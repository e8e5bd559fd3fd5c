import type { CountedParts } from "../../types.js";
import { RunsWriter } from "./runs.js";

/** Where the runs of a key end, in those of all. */
interface Written {
  readonly key: string;
  readonly end: number;
}

/**
 * Writes what has counted for a part of a file, one source after the other. All of it lies in one piece of memory: thousands of
 * small ones are slow to make, to tell another thread, and to collect.
 */
export class PartsWriter {
  readonly #writer = new RunsWriter();
  #written: Written[] = [];

  /** Indices must grow; a count of 0 is none. */
  add(index: number, count: number): void {
    this.#writer.add(index, count);
  }

  /** What was added since the last one counted here, if anything was. */
  end(key: string): void {
    this.#written.push({ key, end: this.#writer.end() });
  }

  /** All since it was last asked. */
  finish(): CountedParts {
    const runs = this.#writer.finish();
    const parts = runs === null ? [] : partsIn(this.#written, runs);
    this.#written = [];
    return parts;
  }
}

function partsIn(written: readonly Written[], runs: Uint8Array): CountedParts {
  const parts: [string, Uint8Array][] = [];
  let start = 0;
  for (const { key, end } of written) {
    if (end > start) parts.push([key, runs.subarray(start, end)]);
    start = end;
  }
  return parts;
}
