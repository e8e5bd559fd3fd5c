import { cells, orders, wake } from "../../../../engine/fengari/collect/orders.js";
import {
  type Interruptible,
  interrupt as interruptMachine,
  isEnding,
} from "../../../../engine/wasm/interruption.js";
import type { Commands } from "../commands.js";
import type { Worker } from "../threads.js";

/** How long a program that is told to end may take to notice, in milliseconds; a busy machine is slow. */
const grace = 1000;

/** The same, for one that has noticed. */
const longGrace = 5000;

/** How often a program that is to end is told so, in milliseconds. */
const repetition = 20;

/** How often a program looks at its memory, in milliseconds. */
const memoryInterval = 25;

/** Why a job was told to end, and which is the only thing that a worker ended from outside leaves to say. */
export type Order = "interrupt" | "timeout";

/** Tells the running program to end, with all that it has started, and ends its worker when it does not notice. */
export interface Ending {
  order(order: Order): void;
  /** How a program is ended that looks at no orders itself. */
  canInterrupt(interruptible: Interruptible): void;
  state(): { readonly given: Order | null; readonly target: Interruptible | null };
  /** Once the program has ended; resolves when what it started has, too, if it was told to end. */
  over(): Promise<void>;
}

export function createEnding(worker: Worker, commands: Commands, interrupt: Int32Array): Ending {
  let given: Order | null = null;
  let timer: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let target: Interruptible | null = null;
  let ended = Promise.resolve();
  const interruptTarget = () => {
    if (target !== null) interruptMachine(target);
  };
  const look = () => Atomics.compareExchange(interrupt, cells.order, 0, orders.lookAtMemory);
  const watch = setInterval(look, memoryInterval);
  return {
    order: (order) => {
      if (given !== null) return;
      given = order;
      Atomics.store(interrupt, cells.order, orders[order]);
      wake(interrupt);
      interruptTarget();
      // It may just have gone on to another coroutine.
      again = setInterval(interruptTarget, repetition);
      timer = setTimeout(() => {
        if (target === null || !isEnding(target)) worker.terminate();
        else timer = setTimeout(() => worker.terminate(), longGrace);
      }, grace);
      ended = commands.end();
    },
    canInterrupt: (interruptible) => {
      target = interruptible;
      if (given !== null) interruptTarget();
    },
    state: () => ({ given, target }),
    over: async () => {
      clearTimeout(timer);
      clearInterval(again);
      clearInterval(watch);
      await ended;
      // What it may have started in the meantime.
      if (given !== null) await commands.end();
      Atomics.store(interrupt, cells.order, 0);
    },
  };
}
