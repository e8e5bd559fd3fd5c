import { shareOut } from "../threads/shareOut.js";
import { type MadeCopies, makeCopies, type SourceText } from "./copies.js";

/** Makes the copies of texts, in up to `jobs` threads where there is enough to do. Tells of each as it is made. */
export async function makeAllCopies(
  texts: readonly SourceText[],
  jobs: number,
  onMade: (text: SourceText, made: MadeCopies) => void,
): Promise<void> {
  const left = await shareOut<SourceText, MadeCopies>(
    texts,
    {
      script: new URL("./thread.js", import.meta.url),
      threads: jobs,
      sizeOf: ({ text }) => text.length,
      bytesForThread: 2_000_000,
    },
    onMade,
  );
  for (const text of left) onMade(text, makeCopies(text));
}
