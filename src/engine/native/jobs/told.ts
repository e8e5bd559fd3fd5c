import type { Exit, Output, Place } from "../../../types.js";
import type { News } from "../../news.js";
import type { NativeEvent } from "./news.js";
import type { ProgramListener } from "./programFiles.js";

/** What a program has told of itself by now. */
export interface Told extends ProgramListener {
  /** How it says that it ended; null while it has not. */
  exit(): Exit | null;
  /** Where the test is that has begun and not ended. */
  runningAt(): Place | null;
  /** From here on, what goes wrong because the program was told to end is no result. */
  interrupt(): void;
  /** What the program was doing when it was told to end; null for what it does not say. */
  interruption(): Interruption | null;
  /** In milliseconds, since the program began. */
  duration(): number;
}

/** As an error: its message begins with the place. */
export interface Interruption {
  readonly message: string;
  readonly traceback: string;
}

/** How lua.c words what a signal makes of a program; the place is before it. */
const interrupted = /interrupted!$/;

/** Hands on what others want to hear, and calls `onBegin` when the program begins. */
export function createTold(onNews: (news: News) => void, onBegin: () => void): Told {
  let exit: Exit | null = null;
  let running: Place | null = null;
  let isInterrupted = false;
  let interruption: Interruption | null = null;
  let start = performance.now();
  const handOn = (event: Exclude<NativeEvent, { kind: "begin" | "end" }>) => {
    if (event.kind !== "ran") running = event.kind === "test start" ? event.place : null;
    onNews(event);
  };
  const hear = (event: NativeEvent) => {
    if (interruption !== null) return;
    const error = errorOf(event);
    if (isInterrupted && error !== null && interrupted.test(error.message)) interruption = error;
    else if (event.kind === "begin") {
      start = performance.now();
      onBegin();
    } else if (event.kind === "end") exit = event.exit;
    else handOn(event);
  };
  return {
    onOutput: (output: Output) => onNews({ kind: "output", outputs: [output] }),
    onEvent: hear,
    exit: () => exit,
    runningAt: () => running,
    interrupt: () => {
      isInterrupted = true;
    },
    interruption: () => interruption,
    duration: () => performance.now() - start,
  };
}

/** The innermost place in a traceback; functions in C, and ours, have none. */
export function placeIn(traceback: string): string | undefined {
  return /^\t(?!\[C\])(.+?:\d+):/m.exec(traceback)?.[1];
}

function errorOf(event: NativeEvent): Interruption | null {
  if (event.kind === "test end") return event.report;
  return event.kind === "end" && event.exit.kind === "failed" ? event.exit : null;
}
