import { createHash } from "node:crypto";
import path from "node:path";
import { currentFolder, readContent, realPath } from "../../files/files.js";
import type { Outcome } from "../../types.js";
import { hasFailed } from "../run/results/totals.js";

/** Which test files changes touch. */
export interface Affected {
  readonly tests: readonly string[];
  /** What changes in each run, so that nobody runs for it any more. */
  readonly restless: readonly string[];
}

/** By file, what it held; null where it was changed while tests ran, and nobody knows what they have seen. */
type Seen = Map<string, string | null>;

interface LatestRun {
  readonly outcomes: readonly Outcome[];
  /** Of what the test file depends on. */
  readonly seen: Seen;
}

/** So many runs in a row are for a file that has changed during the one before. */
const mostEchoes = 3;

/**
 * What is known of the test files of a suite that runs again and again, by absolute path. What a file held as a run began is
 * what its tests have seen, so that a change during the run counts; unless tests have changed it themselves, of which they
 * have seen all.
 */
export class LatestRuns {
  readonly #countsReads: boolean;
  readonly #runs = new Map<string, LatestRun>();
  /** Of files that have changed, and on which no test file depends that is known. */
  readonly #others: Seen = new Map();
  #known = new Set<string>();
  /** What files held as the last run began, and as it ended. */
  #before = new Map<string, string>();
  #after = new Map<string, string>();
  /** Whose turn it is in the last run, and of these, who has not come to run. */
  #judged = new Set<string>();
  #pending = new Set<string>();
  /** In how many runs in a row files have changed. */
  #echoes = new Map<string, number>();

  /** `countsReads`: whether a test file depends on what it reads, too, and not only on what it loads. */
  constructor(countsReads: boolean) {
    this.#countsReads = countsReads;
  }

  /** The outcomes that count: the last ones of each test file. */
  get outcomes(): readonly Outcome[] {
    return [...this.#runs.keys()].sort().flatMap((file) => this.#runs.get(file)?.outcomes ?? []);
  }

  /** Before a run of some of all test files, for some changes; forgets those that are gone. */
  begin(all: readonly string[], judged: readonly string[], changed: Iterable<string>): void {
    for (const file of [...this.#runs.keys()].filter((each) => !all.includes(each))) this.#runs.delete(file);
    this.#known = new Set(all);
    const files = [...all, ...this.#dependencies(), ...this.#others.keys(), ...withRealPaths(changed)];
    this.#before = contentsOf(files);
    this.#judged = new Set(judged);
    this.#pending = new Set(judged);
    for (const file of judged) this.#runs.delete(file);
    for (const file of all.filter((each) => !this.#runs.has(each) && !this.#judged.has(each)))
      this.#runs.set(file, { outcomes: [], seen: new Map([[file, this.#before.get(file) ?? null]]) });
  }

  /** After it, with all outcomes that are known now: of test files whose turn it was not, they are those of an earlier run. */
  end(outcomes: readonly Outcome[]): void {
    const own = new Set(outcomes.flatMap(({ accesses }) => accesses?.changed ?? []));
    const all = byFile(outcomes);
    const files = [...all].flatMap(([file, each]) => this.#filesOf(file, each));
    this.#after = contentsOf([...files, ...this.#dependencies(), ...this.#others.keys(), ...own]);
    const seenOf = (file: string) => (own.has(file) ? this.#after : this.#before).get(file) ?? null;
    for (const [file, each] of all) {
      const earlier = this.#judged.has(file) ? undefined : this.#runs.get(file)?.seen;
      const seen = this.#filesOf(file, each).map((one) => [one, earlier?.get(one) ?? seenOf(one)] as const);
      this.#runs.set(file, { outcomes: each, seen: new Map(seen) });
      this.#pending.delete(file);
    }
    const depended = new Set(this.#dependencies());
    for (const file of [...this.#others.keys(), ...own]) {
      if (depended.has(file)) this.#others.delete(file);
      else this.#others.set(file, seenOf(file));
    }
  }

  /** Whether a file is a test file, or one on which any depends. */
  knows(file: string): boolean {
    const names = withRealPaths([file]);
    const has = (seen: Seen) => names.some((name) => seen.has(name));
    return (
      names.some((name) => this.#known.has(name)) || [...this.#runs.values()].some(({ seen }) => has(seen))
    );
  }

  /** Some that were to run, and did not come to it. */
  leaveOut(files: readonly string[]): void {
    for (const file of files) this.#pending.add(file);
  }

  /**
   * Which of the test files changes touch: those that changed, or that loaded what did or looked for it in vain, new
   * ones, those that an early end left out, and those that failed when there is a new file, which may be the one that
   * they miss, unless it `isKnown` to others.
   */
  affected(
    all: readonly string[],
    changed: Iterable<string>,
    isKnown: (file: string) => boolean = () => false,
  ): Affected {
    const files = withRealPaths(changed);
    const now = contentsOf(files);
    this.#settle(files);
    const depended = new Set(this.#dependencies());
    for (const file of files)
      if (!depended.has(file) && !this.#others.has(file)) this.#others.set(file, null);
    const isTouched = (seen: Seen, file: string) => seen.has(file) && seen.get(file) !== now.get(file);
    const isNew = (file: string) =>
      file.endsWith(".lua") && isTouched(this.#others, file) && now.get(file) !== missing && !isKnown(file);
    const newFiles = new Set(files.filter(isNew));
    const touches = ({ outcomes, seen }: LatestRun, file: string) =>
      isTouched(seen, file) ||
      (newFiles.has(file) && outcomes.some(({ results }) => results.some(hasFailed)));
    const runs = [...this.#runs.values()];
    const touching = files.filter((file) => runs.some((run) => touches(run, file)));
    const restless = this.#countEchoes(touching, now);
    const counting = touching.filter((file) => !restless.includes(file));
    const isChange = counting.length > 0 || files.some((file) => isTouched(this.#others, file));
    const tests = all.filter((file) => {
      const run = this.#runs.get(file);
      if (run !== undefined && counting.some((each) => touches(run, each))) return true;
      return !this.#known.has(file) || (isChange && this.#pending.has(file));
    });
    return { tests, restless };
  }

  /** What runs of a test file depend on, with what they did not find. */
  #filesOf(file: string, outcomes: readonly Outcome[]): readonly string[] {
    const all = outcomes.flatMap(({ loaded, notFiles, unloaded, accesses }) => [
      ...[loaded, notFiles, unloaded].flat(),
      ...(this.#countsReads && accesses !== undefined ? accesses.looks.map((look) => look.path) : []),
    ]);
    return [...new Set([file, ...all])];
  }

  #allSeen(): readonly Seen[] {
    return [...[...this.#runs.values()].map(({ seen }) => seen), this.#others];
  }

  #dependencies(): string[] {
    return [...this.#runs.values()].flatMap(({ seen }) => [...seen.keys()]);
  }

  /** What did not change since the last run began is as it was at its end. */
  #settle(changed: readonly string[]): void {
    for (const seen of this.#allSeen()) {
      for (const [file, content] of seen) {
        const after = this.#after.get(file);
        if (content === null && after !== undefined && !changed.includes(file)) seen.set(file, after);
      }
    }
  }

  /** Gives those that have changed in too many runs in a row, and not since: who runs writes them, by means that nobody follows. */
  #countEchoes(touching: readonly string[], now: ReadonlyMap<string, string>): string[] {
    const isEcho = (file: string) => this.#after.has(file) && this.#after.get(file) === now.get(file);
    const count = (file: string) => (isEcho(file) ? (this.#echoes.get(file) ?? 0) + 1 : 0);
    this.#echoes = new Map(touching.map((file) => [file, count(file)]));
    const restless = touching.filter((file) => (this.#echoes.get(file) ?? 0) > mostEchoes);
    for (const file of restless)
      for (const seen of this.#allSeen()) if (seen.has(file)) seen.set(file, now.get(file) ?? missing);
    return restless;
  }
}

/** A file in a folder that is a link is loaded by its real path, and seen to change by the other one. */
function withRealPaths(files: Iterable<string>): string[] {
  return [...new Set([...files].flatMap((file) => [file, realPathOf(file)]))];
}

function realPathOf(file: string): string {
  try {
    return path.join(realPath(path.dirname(file)), path.basename(file));
  } catch {
    return file;
  }
}

/** Outcomes by the absolute paths of their test files. */
function byFile(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const all = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const file = path.resolve(currentFolder(), outcome.file);
    all.set(file, [...(all.get(file) ?? []), outcome]);
  }
  return all;
}

const missing = "";

/** A digest of what each file holds. */
function contentsOf(files: readonly string[]): Map<string, string> {
  return new Map([...new Set(files)].map((file) => [file, contentOf(file)]));
}

function contentOf(file: string): string {
  try {
    return createHash("sha1").update(readContent(file)).digest("base64");
  } catch {
    return missing;
  }
}
