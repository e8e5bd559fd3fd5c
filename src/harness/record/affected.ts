import { createHash } from "node:crypto";
import path from "node:path";
import { currentFolder, readContent, realPath } from "../../files/files.js";
import type { Outcome } from "../../types.js";
import { hasFailed } from "../run/totals.js";

/** What is known of the test files of a suite that runs again and again, by absolute path. */
export class LatestRuns {
  readonly #outcomes = new Map<string, readonly Outcome[]>();
  /** What a file held before the run that last loaded it; changes that lead back to it are none. */
  readonly #contents = new Map<string, string>();
  readonly #seen = new Set<string>();
  #pending = new Set<string>();

  /** The outcomes that count: the last ones of each test file. */
  get outcomes(): readonly Outcome[] {
    return [...this.#outcomes.keys()].sort().flatMap((file) => this.#outcomes.get(file) ?? []);
  }

  /** Before a run of some of all test files; forgets those that are gone. */
  begin(all: readonly string[], running: readonly string[]): void {
    for (const file of [...this.#outcomes.keys()].filter(
      (each) => !all.includes(each) || running.includes(each),
    ))
      this.#outcomes.delete(file);
    for (const file of all) this.#seen.add(file);
    for (const file of this.#contents.keys()) this.#contents.set(file, contentOf(file));
    this.#pending = new Set(running);
  }

  end(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const file = path.resolve(currentFolder(), outcome.file);
      this.#outcomes.set(file, [...(this.#outcomes.get(file) ?? []), outcome]);
      this.#pending.delete(file);
      for (const each of filesOf(file, outcome)) {
        if (!this.#contents.has(each)) this.#contents.set(each, contentOf(each));
      }
    }
  }

  /**
   * Which of the test files changes touch: those that changed, or that loaded what did or looked for it in vain, new
   * ones, those that an early end left out, and those that failed when there is a new file, which may be the one that
   * they miss.
   */
  affected(all: readonly string[], changed: ReadonlySet<string>): string[] {
    const different = [...changed]
      .flatMap(withRealPath)
      .filter((file) => this.#contents.get(file) !== contentOf(file));
    const isNew = (file: string) => !this.#contents.has(file) && contentOf(file) !== missing;
    const someNew = different.some((file) => file.endsWith(".lua") && isNew(file));
    return all.filter((file) => {
      const outcomes = this.#outcomes.get(file) ?? [];
      if (!this.#seen.has(file) || (different.length > 0 && this.#pending.has(file))) return true;
      if (someNew && outcomes.some(({ results }) => results.some(hasFailed))) return true;
      const known = new Set(outcomes.flatMap((outcome) => filesOf(file, outcome)));
      return different.some((each) => each === file || known.has(each));
    });
  }
}

/** A file in a folder that is a link is loaded by its real path, and seen to change by the other one. */
function withRealPath(file: string): string[] {
  try {
    const real = path.join(realPath(path.dirname(file)), path.basename(file));
    return real === file ? [file] : [file, real];
  } catch {
    return [file];
  }
}

const missing = "";

/** What a run of a test file depends on, with what it did not find. */
function filesOf(file: string, { loaded, notFiles, unloaded, accesses }: Outcome): string[] {
  const asked = accesses === undefined ? [] : [...accesses.opened, ...accesses.asked];
  return [file, ...loaded, ...notFiles, ...unloaded, ...asked];
}

/** A digest of what a file holds. */
function contentOf(file: string): string {
  try {
    return createHash("sha1").update(readContent(file)).digest("base64");
  } catch {
    return missing;
  }
}
