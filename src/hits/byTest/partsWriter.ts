import type { CountedParts } from "../../types.js";
import { noParts } from "./countedParts.js";
import { RunsWriter } from "./runs.js";

/**
 * Writes what has counted for a part of a file, one source after the other. All of it lies in one piece of memory: thousands of
 * small ones are slow to make, to tell another thread, and to collect.
 */
export class PartsWriter {
  readonly #writer = new RunsWriter();
  #keys: string[] = [];
  #ends: number[] = [];
  #end = 0;

  /** Indices must grow; a count of 0 is none. */
  add(index: number, count: number): void {
    this.#writer.add(index, count);
  }

  /** What was added since the last one counted here, if anything was. */
  end(key: string): void {
    const end = this.#writer.end();
    if (end === this.#end) return;
    this.#keys.push(key);
    this.#ends.push(end);
    this.#end = end;
  }

  /** All since it was last asked. */
  finish(): CountedParts {
    const runs = this.#writer.finish();
    if (runs === null) return noParts;
    const parts = { keys: this.#keys, ends: this.#ends, runs };
    this.#keys = [];
    this.#ends = [];
    this.#end = 0;
    return parts;
  }
}
