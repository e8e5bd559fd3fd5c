import { cells, orders } from "../../../engine/fengari/collect/orders.js";
import { SystemError } from "../../../engine/host/primitives/failure.js";
import { type Pause, sleep } from "../../../engine/host/primitives/pause.js";

/** How a program waits, until there is an order. */
export interface Waits {
  readonly pause: Pause;
  /** For what comes soon in any case, and has to be waited for. */
  readonly patiently: Pause;
  /** The order that ended a wait; null when none did. */
  endedBy(): number | null;
}

/** A wait that is ended fails, as a system call that a signal interrupts; the program's next instruction ends it. */
export function createWaits(interrupt: Int32Array): Waits {
  // Nobody else can give an order in memory that is not shared.
  if (!(interrupt.buffer instanceof SharedArrayBuffer))
    return { pause: sleep, patiently: sleep, endedBy: () => null };
  let endedBy: number | null = null;
  let seen = Atomics.load(interrupt, cells.wake);
  const check = () => {
    const order = Atomics.load(interrupt, cells.order);
    if (order !== orders.interrupt && order !== orders.timeout) return;
    endedBy = order;
    throw new SystemError("EINTR");
  };
  const patiently: Pause = (milliseconds) => {
    if (milliseconds > 0) Atomics.wait(interrupt, cells.wake, seen, milliseconds);
    seen = Atomics.load(interrupt, cells.wake);
  };
  const pause: Pause = (milliseconds) => {
    check();
    patiently(milliseconds);
    check();
  };
  return { pause, patiently, endedBy: () => endedBy };
}
