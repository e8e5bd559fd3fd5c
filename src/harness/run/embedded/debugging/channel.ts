import type { ThreadChannel } from "../../../../debug/channel.js";
import { cells } from "../../../../engine/fengari/collect/orders.js";
import { retry } from "../../../../engine/host/primitives/pause.js";
import type { DebugNews } from "../messages.js";
import { type MessagePort, received } from "../threads.js";
import type { Waits } from "../waits.js";

/** What the main thread sends: a line, or that nobody is there any more. */
export type DebugMessage = { readonly line: string } | { readonly line: null };

/** In a worker: what a program says goes the way of its other news, so that all of it stays in order. */
export function createThreadChannel(
  port: MessagePort,
  shared: Int32Array,
  { pause }: Waits,
  tell: (news: DebugNews) => void,
): ThreadChannel {
  let isLeft = false;
  const next = () => {
    const found = received(port);
    return found === null ? null : (found.message as DebugMessage);
  };
  const standing = <Result>(wait: () => Result): Result => {
    Atomics.add(shared, cells.stands, 1);
    try {
      return wait();
    } finally {
      Atomics.add(shared, cells.stands, 1);
    }
  };
  return {
    send: (line) => tell({ kind: "debugger", line }),
    receive: () => {
      if (isLeft) return null;
      const { line } = standing(() => retry(pause, next));
      isLeft = line === null;
      return line;
    },
  };
}
