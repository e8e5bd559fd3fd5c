/** Ends what takes too long: a job by the clock, or one that has its process for itself by the processor's time. */

import { startProcessorTime } from "../../../../engine/host/primitives/time/processorTime.js";

interface Clock {
  stop(): void;
}

/** How often the processor's time is looked at, in milliseconds. */
const look = 50;

/** How many times as long a program may take that waits for something, as for a processor that others have. */
const patience = 3;

/** `isOfProcessor`: seconds are those that one thread of this process can have used, so that nothing else may run in it. */
export function startClock(seconds: number, isOfProcessor: boolean, onEnd: () => void): Clock {
  if (seconds === 0) return { stop: () => {} };
  if (!isOfProcessor) {
    const timer = setTimeout(onEnd, seconds * 1000);
    return { stop: () => clearTimeout(timer) };
  }
  const [start, used] = [performance.now(), startProcessorTime()];
  const timer = setInterval(() => {
    const isOver = performance.now() - start >= patience * seconds * 1000;
    if (used() < seconds && !isOver) return;
    clearInterval(timer);
    onEnd();
  }, look);
  return { stop: () => clearInterval(timer) };
}
