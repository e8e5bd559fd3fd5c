import type { ExecutorOptions } from "../../../../engine/engine.js";
import { wake } from "../../../../engine/fengari/collect/orders.js";
import { defaultMemory } from "../../../../engine/host/memoryLimit.js";
import { createCompilingTurn } from "../../../../engine/wasm/machine/wellCompiled.js";
import { type Commands, createCommands } from "../commands.js";
import { createPartsLog } from "../telling/partsLog.js";
import { createChannel, startWorker, type Worker } from "../threads.js";

/** A program that is inside of one call is ended by Node itself, when its heap is so much larger than it may be. */
const heapRatio = 1.5;

/** A worker, and who starts its programs' commands. */
export interface Crew {
  readonly worker: Worker;
  readonly commands: Commands;
  /** Where the worker tells of the parts of a job's file. */
  readonly parts: SharedArrayBuffer;
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
  const memory = memoryOf({ maxMemory, workers });
  // A program whose memory is limited must not pay for what others have loaded.
  const parts = createPartsLog();
  const setup = { interrupt, parts, commands: port2, turn, memory, keepsChunks: maxMemory === 0 };
  const worker = startWorker(script, setup, { heapLimit: Math.ceil(memory * heapRatio), environment });
  return { worker, parts, commands: createCommands(port1, () => wake(interrupt)) };
}

/** MB that each program of a worker may take. */
export function memoryOf({ maxMemory, workers }: Pick<CrewOptions, "maxMemory" | "workers">): number {
  return maxMemory === 0 ? defaultMemory(workers) : maxMemory;
}

/** Lets go of one whose worker ends. */
export function leaveCrew({ commands }: Crew): null {
  commands.close();
  return null;
}
