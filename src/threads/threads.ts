import { parentPort, Worker } from "node:worker_threads";

/** A thread that makes something of each item that it gets. */
export interface Thread<Item, Made> {
  /** Several may be asked for before the first are there. Rejects once the thread has failed. */
  ask(items: readonly Item[]): Promise<readonly Made[]>;
  close(): Promise<void>;
}

/** Most of what an item is made into is garbage by the time the next one comes: it must not be moved about before. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** Starts a thread whose script serves what is asked for here. */
export function startThread<Item, Made>(script: URL): Thread<Item, Made> {
  const worker = new Worker(script, { resourceLimits });
  const asked: Asked<Made>[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of asked.splice(0)) reject(failure);
  };
  worker.on("message", (made: readonly Made[]) => asked.shift()?.resolve(made));
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the thread has ended")));
  return {
    ask: (items) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        asked.push({ resolve, reject });
        worker.postMessage(items);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

interface Asked<Made> {
  resolve(made: readonly Made[]): void;
  reject(error: Error): void;
}

/** Inside such a thread: answers with what `make` makes of each item, in their order. */
export function serve<Item, Made>(make: (item: Item) => Made | Promise<Made>): void {
  let before: Promise<unknown> = Promise.resolve();
  parentPort?.on("message", (items: readonly Item[]) => {
    before = before.then(async () => parentPort?.postMessage(await inOrder(items, make)));
  });
}

async function inOrder<Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Made | Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}
