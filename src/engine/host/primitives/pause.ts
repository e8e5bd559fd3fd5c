/**
 * Blocks this thread for at most so many milliseconds, the only way in which a program waits: a thread inside of a
 * system call that blocks cannot be ended. Throws EINTR once the program is to end.
 */
export type Pause = (milliseconds: number) => void;

/** In milliseconds: what a program waits for is seen so much later than it happens, at most. */
const longest = 10;

const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Of a program that nobody can tell to end. */
export const sleep: Pause = (milliseconds) => {
  if (milliseconds > 0) Atomics.wait(cell, 0, 0, milliseconds);
};

/** Tries again and again, with growing pauses, until there is a result; null is none. */
export function retry<Result>(pause: Pause, attempt: () => Result | null): Result {
  for (let time = 0.05; ; time = Math.min(time * 1.3, longest)) {
    const result = attempt();
    if (result !== null) return result;
    pause(time);
  }
}

export function pauseUntil(pause: Pause, deadline: number): void {
  for (;;) {
    const rest = deadline - performance.now();
    if (rest <= 0) return;
    pause(Math.min(rest, 2 ** 30));
  }
}
