import type { Exit, Output, Place } from "../../types.js";
import type { News } from "../news.js";
import type { NativeEvent } from "./news.js";
import type { ProgramListener } from "./programFiles.js";

/** What a program has told of itself by now. */
export interface Told extends ProgramListener {
  /** How it says that it ended; null while it has not. */
  exit(): Exit | null;
  /** Where the test is that has begun and not ended. */
  runningAt(): Place | null;
  /** In milliseconds, since the program began. */
  duration(): number;
}

/** Hands on what others want to hear, and calls `onBegin` when the program begins. */
export function createTold(onNews: (news: News) => void, onBegin: () => void): Told {
  let exit: Exit | null = null;
  let running: Place | null = null;
  let start = performance.now();
  const hear = (event: NativeEvent) => {
    if (event.kind === "begin") {
      start = performance.now();
      onBegin();
    } else if (event.kind === "end") exit = event.exit;
    else {
      running = event.kind === "test start" ? event.place : null;
      onNews(event);
    }
  };
  return {
    onOutput: (output: Output) => onNews({ kind: "output", outputs: [output] }),
    onEvent: hear,
    exit: () => exit,
    runningAt: () => running,
    duration: () => performance.now() - start,
  };
}
