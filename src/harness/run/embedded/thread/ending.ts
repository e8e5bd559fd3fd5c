import { cells, orders, wake } from "../../../../engine/fengari/collect/orders.js";
import {
  type Interruptible,
  interrupt as interruptMachine,
  isEnding,
} from "../../../../engine/wasm/interruption.js";
import type { Commands } from "../commands.js";
import type { Worker } from "../threads.js";

/** How often a program that is to end is told so, in milliseconds. */
const repetition = 20;

/** How often it is told until it must have noticed: where the machine is busy, that takes us longer, too. */
const grace = 50;

/** The same, for one that has noticed. */
const longGrace = 300;

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
  let again: NodeJS.Timeout | undefined;
  let target: Interruptible | null = null;
  let ended = Promise.resolve();
  const interruptTarget = () => {
    if (target !== null) interruptMachine(target);
  };
  let times = 0;
  const tellAgain = () => {
    // It may just have gone on to another coroutine.
    interruptTarget();
    times++;
    const isNoticed = target !== null && isEnding(target);
    if (times > (isNoticed ? longGrace : grace)) worker.terminate();
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
      again = setInterval(tellAgain, repetition);
      ended = commands.end();
    },
    canInterrupt: (interruptible) => {
      target = interruptible;
      if (given !== null) interruptTarget();
    },
    state: () => ({ given, target }),
    over: async () => {
      clearInterval(again);
      clearInterval(watch);
      await ended;
      // What it may have started in the meantime.
      if (given !== null) await commands.end();
      Atomics.store(interrupt, cells.order, 0);
    },
  };
}
