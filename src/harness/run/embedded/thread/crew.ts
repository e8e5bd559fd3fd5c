import type { ExecutorOptions } from "../../../../engine/engine.js";
import { createOrders, wake } from "../../../../engine/fengari/collect/orders.js";
import { defaultMemory } from "../../../../engine/host/memoryLimit.js";
import { createCompilingTurn } from "../../../../engine/wasm/machine/wellCompiled.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import { type Commands, createCommands } from "../commands.js";
import type { Preparation } from "../messages.js";
import { createChannel, startWorker, type Worker } from "../threads.js";

/** A program that is inside of one call is ended by Node itself, when its heap is so much larger than it may be. */
const heapRatio = 1.5;

/** A worker, and who starts its programs' commands. */
export interface Crew {
  readonly worker: Worker;
  readonly commands: Commands;
}

/** What a worker starts with. */
export type CrewOptions = Pick<ExecutorOptions, "maxMemory" | "workers" | "environment">;

const turn = createCompilingTurn();

/** `interrupt` is where its programs look for orders. */
export function startCrew(
  script: URL,
  interrupt: Int32Array,
  { maxMemory, workers, environment }: CrewOptions,
): Crew {
  const { port1, port2 } = createChannel();
  const memory = maxMemory === 0 ? defaultMemory(workers) : maxMemory;
  // A program whose memory is limited must not pay for what others have loaded.
  const setup = { interrupt, commands: port2, turn, memory, keepsChunks: maxMemory === 0 };
  const worker = startWorker(script, setup, { heapLimit: Math.ceil(memory * heapRatio), environment });
  return { worker, commands: createCommands(port1, () => wake(interrupt)) };
}

/** Lets go of one whose worker ends. */
export function leaveCrew({ commands }: Crew): null {
  commands.close();
  return null;
}

/** A crew that gets ready while its first job is still being planned. */
export interface EarlyCrew {
  readonly worker: Worker;
  /** The crew and its orders, for the first who asks; null for others, and after its worker has failed. */
  take(): { readonly crew: Crew; readonly interrupt: Int32Array } | null;
  /** Ends it, unless somebody has taken it. */
  close(): void;
}

/** Starts a worker that runs programs of a version of PUC-Rio's: to compile Lua took 120 ms of the 530 of a short run. */
export function startEarly(script: URL, version: WasmVersion, options: CrewOptions): EarlyCrew {
  const interrupt = createOrders();
  let crew: Crew | null = startCrew(script, interrupt, options);
  const { worker } = crew;
  // The first job is told what is wrong.
  worker.on("error", () => {});
  const preparation: Preparation = { kind: "preparation", version };
  worker.postMessage(preparation);
  const take = () => {
    const taken = crew;
    crew = null;
    return taken;
  };
  return {
    worker,
    take: () => {
      const taken = take();
      if (taken === null) return null;
      // As it is once it has ended.
      if (worker.threadId === -1) leaveCrew(taken);
      return worker.threadId === -1 ? null : { crew: taken, interrupt };
    },
    close: () => {
      const left = take();
      if (left === null) return;
      leaveCrew(left);
      worker.terminate();
    },
  };
}
