import type { MutationProgress } from "../../index.js";
import { counted } from "../../words.js";

/** Says how far mutants are, on one line of a terminal, and in a log now and then. */
export interface ShownProgress {
  show(progress: MutationProgress): void;
  hide(): void;
}

/** How long a log is left alone, in milliseconds. */
const pause = 10_000;

/** On standard error: standard output is for what has come of them. */
export function createMutationProgress(isQuiet: boolean): ShownProgress {
  if (isQuiet) return { show: () => {}, hide: () => {} };
  const { stderr } = process;
  const counts = { survived: 0, killed: 0, "timed out": 0, crashed: 0 };
  let [waiting, done, last] = [0, 0, Date.now()];
  const write = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r\x1b[K${text}`);
    else stderr.write(`${text}\n`);
  };
  return {
    show: (progress) => {
      switch (progress.kind) {
        case "first run":
          return write("All tests run once without a mutant");
        case "mutants": {
          waiting = progress.waiting;
          const known = progress.known === 0 ? "" : `, ${progress.known} known from before`;
          return write(`${counted(waiting, "mutant")} to run${known}`);
        }
        case "fate": {
          counts[progress.fate]++;
          done++;
          if (!stderr.isTTY && Date.now() - last < pause) return;
          last = Date.now();
          const found = counts.killed + counts["timed out"];
          return write(
            `${done} of ${counted(waiting, "mutant")}: ${found} detected, ${counts.survived} survived`,
          );
        }
      }
    },
    hide: () => {
      if (stderr.isTTY) stderr.write("\r\x1b[K");
    },
  };
}
