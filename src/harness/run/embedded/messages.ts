import type { LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import type { Command, Status } from "../../../engine/host/primitives/launcher.js";
import type { TestNews } from "../../../engine/testNews.js";
import type { Job, Outcome, Output } from "../../../types.js";
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

/** What only the side that ran the program knows of an outcome. */
export type JobEnd = Pick<Outcome, "exit" | "duration" | "unloaded" | "limits" | "interrupted">;

/** What a job tells while it runs: the files and chunks that it loads, what it writes, and its tests. */
export type News =
  | { readonly kind: "loaded"; readonly file: string; readonly isFile: boolean }
  | { readonly kind: "chunk"; readonly chunk: LiveChunk }
  | { readonly kind: "output"; readonly outputs: readonly Output[] }
  | TestNews;

/** Worker to main thread: that a job begins, its news, then its end. */
export type Reply = { readonly kind: "begin" } | News | { readonly kind: "end"; readonly end: JobEnd };
