import { type MadeCopies, makeCopies, type SourceText } from "./copies.js";
import { startThread } from "./threads.js";

/** Below so many bytes for each, threads cost more than they save: V8 optimizes our code in each of them anew. */
const bytesForThread = 2_000_000;
/** What a thread is asked for at a time, at least, as long as there is more. */
const bytesAtATime = 100_000;

/** Makes the copies of texts, in up to `jobs` threads where there is enough to do. Tells of each as it is made. */
export async function makeAllCopies(
  texts: readonly SourceText[],
  jobs: number,
  onMade: (text: SourceText, made: MadeCopies) => void,
): Promise<void> {
  const bytes = texts.reduce((sum, { text }) => sum + text.length, 0);
  const threads = Math.min(jobs, Math.floor(bytes / bytesForThread), texts.length);
  const left = new Set(texts);
  const note: Note = (text, made) => {
    left.delete(text);
    onMade(text, made);
  };
  if (threads > 1) {
    const take = batches(texts);
    await Promise.all(Array.from({ length: threads }, () => makeInThread(take, note)));
  }
  // What no thread has made, this one makes.
  for (const text of left) note(text, makeCopies(text));
}

type Note = (text: SourceText, made: MadeCopies) => void;

/** Hands out texts, the longest first, so that no thread has a long one left when the others are done. */
function batches(texts: readonly SourceText[]): () => readonly SourceText[] {
  const left = texts.toSorted((a, b) => a.text.length - b.text.length);
  return () => {
    const batch: SourceText[] = [];
    for (let bytes = 0; bytes < bytesAtATime; ) {
      const next = left.pop();
      if (next === undefined) break;
      batch.push(next);
      bytes += next.text.length;
    }
    return batch;
  };
}

/** The thread always has another batch to go on with while what it has made is looked at. */
async function makeInThread(take: () => readonly SourceText[], note: Note): Promise<void> {
  const thread = startThread();
  const feed = async () => {
    for (let batch = take(); batch.length > 0; batch = take()) {
      // A thread that fails, as one without memory does, leaves its texts to others.
      const made = await thread.ask(batch).catch(() => null);
      if (made === null) return;
      for (const [index, text] of batch.entries()) {
        const copies = made[index];
        if (copies !== undefined) note(text, copies);
      }
    }
  };
  await Promise.all([feed(), feed()]);
  await thread.close();
}
