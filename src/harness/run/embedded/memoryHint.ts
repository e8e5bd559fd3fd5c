/** What to do about a program that wanted more memory than it may have. */
export const memoryHint = "--max-memory sets how much it may take";

export const outOfMemory = `the program ran out of memory; ${memoryHint}`;

/** How a message begins about a worker that has ended for no reason that is known of its program. */
export const workerEnded = "the worker that ran this file ended: ";
