/** Lines that arrive in pieces of bytes, for who waits for them. */
export interface Lines extends AsyncIterable<string> {
  /** Takes bytes, of which a newline ends a line. */
  add(bytes: Uint8Array): void;
  /** No more will come. What no newline has ended is no line. */
  end(): void;
}

export function createLines(): Lines {
  const whole: string[] = [];
  let begun: string[] = [];
  let isOver = false;
  let wake = () => {};
  const take = async (): Promise<IteratorResult<string, undefined>> => {
    while (whole.length === 0 && !isOver) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const line = whole.shift();
    return line === undefined ? { done: true, value: undefined } : { done: false, value: line };
  };
  return {
    add: (bytes) => {
      const [rest = "", ...others] = Buffer.from(bytes).toString("latin1").split("\n");
      begun.push(rest);
      for (const each of others) {
        whole.push(begun.join(""));
        begun = [each];
      }
      if (others.length > 0) wake();
    },
    end: () => {
      isOver = true;
      wake();
    },
    [Symbol.asyncIterator]: () => ({ next: take }),
  };
}
