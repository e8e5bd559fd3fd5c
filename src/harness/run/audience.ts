import type { TestEvent, TestReporter } from "../../types.js";

/** Who hears the events of a run. */
export interface Audience {
  tell(event: TestEvent): void;
  /** Once all that was begun on an event is done. Throws the first of its errors. */
  settled(): Promise<void>;
}

/** A reporter whose errors end the run where somebody can catch them, not in the midst of an event. */
export function createAudience(reporter: TestReporter): Audience {
  const pending: Promise<void>[] = [];
  let failed = false;
  const note = (promise: Promise<void>) => {
    promise.catch(() => {
      failed = true;
    });
    pending.push(promise);
  };
  return {
    tell: (event) => {
      if (failed) return;
      try {
        const result = reporter(event);
        if (result !== undefined) note(result);
      } catch (error) {
        failed = true;
        note(Promise.reject(error));
      }
    },
    settled: async () => {
      await Promise.all(pending);
    },
  };
}
