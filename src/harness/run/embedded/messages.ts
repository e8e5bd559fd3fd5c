import type { JobEnd } from "../../../engine/engine.js";
import type { LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import type { Command, Status } from "../../../engine/host/primitives/launcher.js";
import type { News } from "../../../engine/news.js";
import type { Job } from "../../../types.js";
import type { MessagePort } from "./threads.js";

/**
 * What a worker is started with: cells shared with it, of which an order ends the running program; and a port, through
 * which its programs' commands are asked for.
 */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
  readonly commands: MessagePort;
  /** MB that each of its programs may take. */
  readonly memory: number;
  /** Whether it keeps what its programs have compiled for those that come after. */
  readonly keepsChunks: boolean;
}

/** Worker to main thread, beside the requests: a command to start. */
export interface CommandRequest {
  readonly id: number;
  readonly command: Command;
}

/** Main thread to worker: what has become of a command. */
export interface CommandReply {
  readonly id: number;
  readonly news:
    | { readonly kind: "started" }
    /** `code` as in `ENOENT`. */
    | { readonly kind: "refused"; readonly code: string }
    | { readonly kind: "ended"; readonly status: Status };
}

/** Main thread to worker. */
export type Request = Job;

/** How a job ended, as the worker knows it; its counters are in the chunks that it told of. */
export type WorkerEnd = Omit<JobEnd, "hits">;

/** What a worker tells while a job runs: also of the counters of each measured chunk, before it runs. */
export type WorkerNews = News | { readonly kind: "chunk"; readonly chunk: LiveChunk };

/** Worker to main thread: that a job begins, its news, then its end. */
export type Reply =
  | { readonly kind: "begin" }
  | WorkerNews
  | { readonly kind: "end"; readonly end: WorkerEnd };
