import { crypto } from "../builtins.js";
import { type Pause, pauseUntil } from "../pause.js";
import type { Value } from "../value.js";
import { startProcessorTime } from "./processorTime.js";

/** Times are in seconds. */
export function clockPrimitives(pause: Pause) {
  return {
    clock: startProcessorTime(),
    time: () => Math.floor(Date.now() / 1000),
    preciseTime: () => (performance.timeOrigin + performance.now()) / 1000,
    monotonic: () => Number(process.hrtime.bigint()) / 1e9,
    sleep: (seconds: number) => {
      pauseUntil(pause, performance.now() + seconds * 1000);
      return true;
    },
    random: (count: number): Value => crypto().randomBytes(count),
  };
}
