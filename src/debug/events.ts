import type { DebugEvent } from "./protocol.js";

/** What a program tells unasked, in its order, for who takes one event after the other. */
export interface EventQueue {
  add(event: DebugEvent): void;
  /** Nothing more will come: with a reason, whoever asks gets that error. */
  end(reason?: unknown): void;
  /** Null once there is nothing more. */
  next(): Promise<DebugEvent | null>;
}

export function createEventQueue(): EventQueue {
  const events: DebugEvent[] = [];
  let ended: Promise<null> | null = null;
  let wake = () => {};
  return {
    add: (event) => {
      events.push(event);
      wake();
    },
    end: (reason) => {
      ended = reason === undefined ? Promise.resolve(null) : Promise.reject(reason);
      ended.catch(() => {});
      wake();
    },
    next: async () => {
      while (events.length === 0 && ended === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return events.shift() ?? ended;
    },
  };
}
