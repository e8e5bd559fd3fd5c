/** Why a running program is to end, or that it is to look at its memory, or to stand still for its debugger. */
export const orders = { interrupt: 1, timeout: 2, lookAtMemory: 3, pause: 4 } as const;

/**
 * What threads share about a running program: an order, 0 for none; how many bytes that it wrote nobody has
 * taken yet; a count that grows with whatever a program that waits has to see; and one that grows when it begins to wait for its
 * debugger's front end, and when it ends.
 */
export const cells = { order: 0, backlog: 1, wake: 2, stands: 3 } as const;

export function createOrders(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
}

/** Lets a program that waits look whether there is something for it. */
export function wake(shared: Int32Array): void {
  Atomics.add(shared, cells.wake, 1);
  Atomics.notify(shared, cells.wake);
}
