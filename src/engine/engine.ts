import type { DebugFrontEnd } from "../debug/program.js";
import type { Job, Outcome } from "../types.js";
import type { News } from "./news.js";

/** What only the side that ran a job knows of its outcome. */
export type JobEnd = Pick<
  Outcome,
  "exit" | "duration" | "hits" | "unloaded" | "limits" | "interrupted" | "accesses"
>;

/** Runs jobs one after the other, each in a Lua state of its own. */
export interface Executor {
  /**
   * Runs a job to its end, whatever that is: a crash, a limit and an abort are ends, too, which leave what was counted.
   * `onNews` hears what happens, in the order in which it does.
   */
  run(job: Job, onNews: (news: News) => void): Promise<JobEnd>;
  close(): Promise<void>;
}

/** What any executor is made with. */
export interface ExecutorOptions {
  /** MB that a program may take, 0 for its share of the machine. */
  readonly maxMemory: number;
  /** How many programs run at the same time. */
  readonly workers: number;
  /** How many programs of the user's Luas the run has, where that is known. */
  readonly programs?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Seconds that a job may take, 0 for as many as it likes. */
  readonly timeout: number;
  /** An abort ends the running program at once. */
  readonly signal: AbortSignal | undefined;
  /** Shows each program in a debugger; null for none. */
  readonly debug: DebugFrontEnd | null;
}
