/**
 * A worker that is started before its first job is known: until a worker can run something takes it as long as it takes the main
 * thread to load what plans jobs, and to plan them. There is no more than one that waits.
 */

import { createOrders } from "../../../../engine/fengari/collect/orders.js";
import type { WasmVersion } from "../../../../engine/wasm/package/versions.js";
import type { Request } from "../messages.js";
import type { Worker } from "../threads.js";
import { type Crew, type CrewOptions, leaveCrew, startCrew } from "./crew.js";

interface EarlyCrew {
  readonly crew: Crew;
  readonly interrupt: Int32Array;
  readonly script: URL;
  readonly maxMemory: number;
}

let waiting: EarlyCrew | null = null;

/** Whether a worker of a script waits. */
export function isWaiting(script: URL): boolean {
  return waiting?.script.href === script.href;
}

/** Starts a worker that gets ready for programs of a version, null for fengari. No process lives on for it alone. */
export function startEarly(script: URL, version: WasmVersion | null, options: CrewOptions): Worker {
  if (waiting !== null && isWaiting(script)) return waiting.crew.worker;
  endEarly();
  const interrupt = createOrders();
  const crew = startCrew(script, interrupt, options);
  waiting = { crew, interrupt, script, maxMemory: options.maxMemory };
  const { worker } = crew;
  // The first job is told what is wrong.
  worker.on("error", () => {});
  worker.unref();
  worker.postMessage({ kind: "preparation", version } satisfies Request);
  return worker;
}

/** The crew that waits, with its orders, for the first who asks for one like it; null for others, and after its worker has failed. */
export function takeEarly(
  script: URL,
  { maxMemory }: Pick<CrewOptions, "maxMemory">,
): Pick<EarlyCrew, "crew" | "interrupt"> | null {
  const taken = waiting;
  if (taken?.script.href !== script.href || taken.maxMemory !== maxMemory) return null;
  waiting = null;
  const { worker } = taken.crew;
  // As it is once it has ended.
  if (worker.threadId === -1) leaveCrew(taken.crew);
  else worker.ref();
  return worker.threadId === -1 ? null : taken;
}

/** Ends the worker that nobody has taken. */
export function endEarly(): void {
  if (waiting === null) return;
  leaveCrew(waiting.crew);
  waiting.crew.worker.terminate();
  waiting = null;
}
