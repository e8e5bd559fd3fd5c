import { cells, orders } from "../../../../engine/fengari/collect/orders.js";
import type { Interruptible } from "../../../../engine/wasm/interruption.js";
import { pauseSoon } from "../../../../engine/wasm/pausing.js";

/** How a program is told to stand still for its debugger. */
export interface Pausing {
  /** From here on, by a function of the table. */
  by(index: number): void;
  /** Before its next instruction, if it can yet. */
  soon(): void;
}

/** Of fengari's programs: they look at orders, of which there is one at a time. */
export function pausingByOrder(shared: Int32Array): Pausing {
  return {
    by: () => {},
    soon: () => {
      Atomics.compareExchange(shared, cells.order, 0, orders.pause);
    },
  };
}

/** Of programs of PUC-Rio's Luas: `target` gives what has to be known of one, null where it is to be left alone. */
export function pausingByCall(target: () => Interruptible | null): Pausing {
  let called: number | null = null;
  return {
    by: (index) => {
      called = index;
    },
    soon: () => {
      const program = target();
      if (program !== null && called !== null) pauseSoon(program, called);
    },
  };
}
