import type { Status } from "../../host/primitives/commands/launcher.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";

/**
 * Streams that are no files by a name, which C's library nevertheless is to have as a FILE: it opens "a file" and is handed the
 * stream instead.
 */
export interface Handed {
  /** What `open` makes C open is this stream, whatever name it asks for. */
  as<Result>(id: number, open: () => Result): Result;
  /** The same for no stream at all, which is only to be closed again. */
  asNothing<Result>(open: () => Result): Result;
  /** The stream that is to be handed out; null for a file by its name. */
  take(): number | null;
  /** From here on, closing this stream waits for the command at its other end. */
  addPipe(id: number): void;
  /** Closes what C's library closes. */
  close(id: number): void;
  /** `listener` hears which streams are closed. */
  onClose(listener: (id: number) => void): void;
  /** How the command ended whose pipe was closed last; null when nobody knows. */
  lastStatus(): Status | null;
}

/** No stream has this number. */
const nothing = 0x7ace0;

export function createHanded(calls: SystemCalls): Handed {
  let next: number | null = null;
  let status: Status | null = null;
  let onClose = (_id: number) => {};
  const pipes = new Set<number>();
  const as = <Result>(id: number, open: () => Result): Result => {
    next = id;
    try {
      return open();
    } finally {
      next = null;
    }
  };
  return {
    as,
    asNothing: (open) => as(nothing, open),
    take: () => {
      const id = next;
      next = null;
      return id;
    },
    addPipe: (id) => pipes.add(id),
    onClose: (listener) => {
      onClose = listener;
    },
    close: (id) => {
      onClose(id);
      if (id === nothing) return;
      if (!pipes.delete(id)) return calls.close(id);
      status = null;
      status = calls.closePipe(id);
    },
    lastStatus: () => status,
  };
}
