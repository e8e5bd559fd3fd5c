import type { JobEnd } from "../../../engine/engine.js";
import type { LiveChunk } from "../../../engine/fengari/collect/liveChunk.js";
import type { Command, Status } from "../../../engine/host/primitives/commands/launcher.js";
import type { News } from "../../../engine/news.js";
import type { Interruptible } from "../../../engine/wasm/interruption.js";
import type { CompilingTurn } from "../../../engine/wasm/machine/wellCompiled.js";
import type { WasmVersion } from "../../../engine/wasm/package/versions.js";
import type { Job, Profile, Scope } from "../../../types.js";
import type { MessagePort } from "./threads.js";

/**
 * What a worker is started with: cells shared with it, of which an order ends the running program; and a port, through
 * which its programs' commands are asked for.
 */
export interface WorkerSetup {
  readonly interrupt: Int32Array;
  /** Where it tells of the parts of a job's file. */
  readonly parts: SharedArrayBuffer;
  readonly commands: MessagePort;
  /** One for all workers. */
  readonly turn: CompilingTurn;
  /** MB that each of its programs may take at most. */
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
export type Request = PostedJob | ExaminationRequest | Preparation;

/** A job whose scope, which names each test, is that of the job before it in the same worker where it is null. */
export interface PostedJob extends Omit<JobRequest, "job"> {
  readonly job: Omit<Job, "scope">;
  readonly scope: Scope | null;
}

/** A job, and in which of PUC-Rio's Luas it runs; null for fengari. */
export interface JobRequest {
  readonly kind: "job";
  readonly job: Job;
  readonly lua: WasmRequest | null;
  /** MB that the program may take. */
  readonly memory: number;
  /** Through which lines for its debugger come; null where nobody debugs. It is transferred. */
  readonly debugging: MessagePort | null;
  /** Whether it may read standard input. */
  readonly hasInput: boolean;
}

/** A program of such a Lua whose thread had to be ended: where it was is to be found out. */
export interface ExaminationRequest {
  readonly kind: "examination";
  readonly interruptible: Interruptible;
}

/** Jobs of a version will come, null for fengari: what each program of it needs can be compiled. There is no reply. */
export interface Preparation {
  readonly kind: "preparation";
  readonly version: WasmVersion | null;
}

/** What a program in one of PUC-Rio's Luas has around it. */
export interface WasmRequest {
  readonly version: WasmVersion;
  /** The Lua file that measures; null where nothing is measured. */
  readonly agent: string | null;
  /** What its environment has beside that of the worker, also for the agent. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How a job ended, as the worker knows it; its counters are in the chunks that it told of. */
export interface WorkerEnd extends Omit<JobEnd, "hits"> {
  /** Where its time went, of fengari; of others, their agents leave it. */
  readonly profile?: Profile;
}

/** What a worker tells while a job runs: also of the counters of each measured chunk, before it runs. */
export type WorkerNews = News | { readonly kind: "chunk"; readonly chunk: LiveChunk };

/** How a program in one of PUC-Rio's Luas can be ended, before it begins. */
export interface InterruptibleNews {
  readonly kind: "interruptible";
  readonly interruptible: Interruptible;
}

/** A program's debugger says a line, of bytes, one to a character. */
export interface DebugNews {
  readonly kind: "debugger";
  readonly line: string;
}

/** A program in one of them can be made to stand still for its debugger, by a function of the table. */
export interface PausableNews {
  readonly kind: "pausable";
  readonly index: number;
}

/** A program in one of them has asked to be looked at, by a function of the table. */
export interface SampledNews {
  readonly kind: "sampled";
  readonly index: number;
}

export type MachineNews = InterruptibleNews | SampledNews | PausableNews | DebugNews;

/** Worker to main thread: that a job begins, its news, then its end. */
export type Reply =
  | { readonly kind: "begin" }
  | WorkerNews
  | MachineNews
  | { readonly kind: "end"; readonly end: WorkerEnd }
  | { readonly kind: "examined"; readonly traceback: string | null };
