import type { Job, Outcome, TestEvent, TestResult } from "../../types.js";
import { runOf } from "./fileRun.js";
import type { FileEvent } from "./record.js";
import { hasFailed } from "./results/totals.js";

/** What is known of one job and was not told yet. */
interface Waiting {
  readonly events: FileEvent[];
  outcome: Outcome | null;
}

/** What it tells. */
export type SequenceEvent = Exclude<TestEvent, { readonly kind: "test" }> | FileEvent;

interface SequenceOptions {
  /** After how many failed tests the rest is left out; 0 for never. */
  readonly bail: number;
  readonly tell: (event: SequenceEvent) => void;
  /** Called once the rest is left out. */
  readonly onBail: () => void;
  /** Called with each outcome once it was told of; gives what is kept of it. */
  readonly onTold: (outcome: Outcome) => Outcome;
}

/**
 * Tells of jobs in their order, whatever the order in which they run: at once of the first that was not told
 * of to its end, of the others when it is their turn. After `bail` failures it tells nothing more than the end of
 * that file, so that the results are the same with any number of workers.
 */
export class Sequence {
  /** Of the jobs that were told of, with the results that were. */
  readonly outcomes: Outcome[] = [];
  readonly #jobs: readonly Job[];
  readonly #options: SequenceOptions;
  readonly #waiting = new Map<number, Waiting>();
  #current = 0;
  #failures = 0;
  #results: TestResult[] = [];
  #isOver = false;

  constructor(jobs: readonly Job[], options: SequenceOptions) {
    this.#jobs = jobs;
    this.#options = options;
  }

  start(index: number): void {
    if (this.#isOver) return;
    this.#waiting.set(index, { events: [], outcome: null });
    if (index === this.#current) this.#tellStart();
  }

  event(index: number, event: FileEvent): void {
    if (this.#isOver) return;
    if (index === this.#current) this.#tell(event);
    else this.#waiting.get(index)?.events.push(event);
  }

  end(index: number, outcome: Outcome): void {
    const waiting = this.#waiting.get(index);
    if (waiting !== undefined) waiting.outcome = outcome;
    if (index === this.#current) this.#advance();
  }

  get #hasBailed(): boolean {
    return this.#options.bail > 0 && this.#failures >= this.#options.bail;
  }

  #tellStart(): void {
    const job = this.#jobs[this.#current];
    if (job === undefined) return;
    this.#options.tell({ kind: "file start", ...runOf(job) });
  }

  #tell(event: FileEvent): void {
    if (event.kind === "test") {
      if (this.#hasBailed) return;
      if (hasFailed(event.result)) this.#failures++;
      this.#results.push(event.result);
    }
    this.#options.tell(event);
  }

  /** Ends the current job, and tells what is known of those behind it. */
  #advance(): void {
    while (!this.#isOver) {
      const outcome = this.#waiting.get(this.#current)?.outcome ?? null;
      if (outcome === null) return;
      this.#tellEnd(outcome);
      this.#waiting.delete(this.#current++);
      this.#isOver = this.#hasBailed;
      if (!this.#isOver) this.#tellNext();
    }
    this.#options.onBail();
  }

  #tellNext(): void {
    const next = this.#waiting.get(this.#current);
    if (next === undefined) return;
    this.#tellStart();
    for (const event of next.events.splice(0)) this.#tell(event);
  }

  #tellEnd(outcome: Outcome): void {
    const { file, round, lua, duration } = outcome;
    this.outcomes.push(this.#options.onTold({ ...outcome, results: this.#results }));
    this.#results = [];
    this.#options.tell({ kind: "file end", file, round, lua, duration });
  }
}
