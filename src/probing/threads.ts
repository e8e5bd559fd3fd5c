import { parentPort, Worker } from "node:worker_threads";
import type { MadeCopies, SourceText } from "./copies.js";

/** A thread that makes copies. */
export interface CopyThread {
  /** Several may be asked for before the first are there. Rejects once the thread has failed. */
  ask(texts: readonly SourceText[]): Promise<readonly MadeCopies[]>;
  close(): Promise<void>;
}

/** Most of what a text is made into is garbage by the time the next one comes: it must not be moved about before. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** Starts a thread; the only place in this room that knows worker_threads. */
export function startThread(): CopyThread {
  const worker = new Worker(new URL("./thread.js", import.meta.url), { resourceLimits });
  const asked: Asked[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of asked.splice(0)) reject(failure);
  };
  worker.on("message", (made: readonly MadeCopies[]) => asked.shift()?.resolve(made));
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the thread has ended")));
  return {
    ask: (texts) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        asked.push({ resolve, reject });
        worker.postMessage(texts);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

interface Asked {
  resolve(made: readonly MadeCopies[]): void;
  reject(error: Error): void;
}

/** Inside such a thread: answers with what `make` makes of each text. */
export function serve(make: (text: SourceText) => MadeCopies): void {
  parentPort?.on("message", (texts: readonly SourceText[]) => parentPort?.postMessage(texts.map(make)));
}
