/** Why a running program is to end, or that it is to look at its memory. */
export const orders = { interrupt: 1, timeout: 2, lookAtMemory: 3 } as const;

/**
 * What threads share about a running program: an order, 0 for none; how many MB it may take, 0 for any; how many
 * bytes that it wrote nobody has taken yet.
 */
export const cells = { order: 0, maxMemory: 1, backlog: 2 } as const;

export function createOrders(maxMemory: number): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  shared[cells.maxMemory] = maxMemory;
  return shared;
}
