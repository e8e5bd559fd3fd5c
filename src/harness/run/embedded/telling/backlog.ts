import { cells } from "../../../../engine/fengari/collect/orders.js";
import type { Output } from "../../../../types.js";

/** How many bytes of output may wait for the main thread, which may itself wait for a slow reader. */
const limit = 2 ** 24;

/** How long a program that waits takes to see an order, in milliseconds. */
const interval = 100;

/** In a worker: counts what was sent, and waits while too much of it was not taken, unless there is an order. */
export function addToBacklog(shared: Int32Array, outputs: readonly Output[]): void {
  let waiting = Atomics.add(shared, cells.backlog, bytesOf(outputs)) + bytesOf(outputs);
  while (waiting > limit && Atomics.load(shared, cells.order) === 0) {
    Atomics.wait(shared, cells.backlog, waiting, interval);
    waiting = Atomics.load(shared, cells.backlog);
  }
}

/** In the main thread: lets a worker go on. */
export function takeFromBacklog(shared: Int32Array, outputs: readonly Output[]): void {
  Atomics.sub(shared, cells.backlog, bytesOf(outputs));
  Atomics.notify(shared, cells.backlog);
}

function bytesOf(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
