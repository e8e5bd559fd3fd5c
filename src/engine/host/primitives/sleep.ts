const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Blocks this thread. */
export function sleep(milliseconds: number): void {
  if (milliseconds > 0) Atomics.wait(cell, 0, 0, milliseconds);
}
