import { startThread, type Thread } from "./threads.js";

/** How items are shared out among threads. */
export interface Sharing<Item> {
  /** What the threads run, which serves such items. */
  readonly script: URL;
  /** Up to so many threads. */
  readonly threads: number;
  /** How long a text an item has, in bytes. */
  readonly sizeOf: (item: Item) => number;
  /** Below so many bytes for each, threads cost more than they save: V8 optimizes our code in each of them anew. */
  readonly bytesForThread: number;
}

/** What a thread is asked for at a time, at least, as long as there is more. */
const bytesAtATime = 100_000;

/**
 * Has threads make something of items, where there is enough to do for several, and tells of each as it is made. Returns
 * the items that no thread has made anything of: all of them, where there is not.
 */
export async function shareOut<Item, Made>(
  items: readonly Item[],
  sharing: Sharing<Item>,
  onMade: (item: Item, made: Made) => void,
): Promise<Item[]> {
  const { script, sizeOf, bytesForThread } = sharing;
  const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const threads = Math.min(sharing.threads, Math.floor(bytes / bytesForThread), items.length);
  if (threads <= 1) return [...items];
  const left = new Set(items);
  const note = (item: Item, made: Made) => {
    left.delete(item);
    onMade(item, made);
  };
  const take = batches(items, sizeOf);
  await Promise.all(Array.from({ length: threads }, () => feed(startThread<Item, Made>(script), take, note)));
  return [...left];
}

/** Hands out items, the longest first, so that no thread has a long one left when the others are done. */
function batches<Item>(items: readonly Item[], sizeOf: (item: Item) => number): () => readonly Item[] {
  const left = items.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  return () => {
    const batch: Item[] = [];
    for (let bytes = 0; bytes < bytesAtATime; ) {
      const next = left.pop();
      if (next === undefined) break;
      batch.push(next);
      bytes += sizeOf(next);
    }
    return batch;
  };
}

/** The thread always has another batch to go on with while what it has made is looked at. */
async function feed<Item, Made>(
  thread: Thread<Item, Made>,
  take: () => readonly Item[],
  note: (item: Item, made: Made) => void,
): Promise<void> {
  const askForAll = async () => {
    for (let batch = take(); batch.length > 0; batch = take()) {
      // A thread that fails, as one without memory does, leaves its items to others.
      const answers = await thread.ask(batch).catch(() => null);
      if (answers === null) return;
      for (const [index, item] of batch.entries()) {
        const made = answers[index];
        if (made !== undefined) note(item, made);
      }
    }
  };
  await Promise.all([askForAll(), askForAll()]);
  await thread.close();
}
