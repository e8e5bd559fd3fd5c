import { createLines } from "../../../../debug/lines.js";
import type { DebuggedProgram } from "../../../../debug/program.js";
import type { DebugConnection } from "../../../../debug/shown.js";
import { cells, wake } from "../../../../engine/fengari/collect/orders.js";
import { createChannel, type MessagePort } from "../threads.js";
import type { DebugMessage } from "./channel.js";

/** How often a program that is to stand still is told so, in milliseconds: it may just have gone on to another coroutine. */
const repetition = 20;

/** In an event of a program that has come to stand; in what it tells of texts, quotes are escaped. */
const stopped = '"event":"stopped"';

/** The way to a program in a worker. */
export interface ThreadConnection extends DebugConnection {
  /** For the worker. */
  readonly port: MessagePort;
  /** Takes what the program says. */
  hear(line: string): void;
}

/** `shared` is where the program looks for orders; `pauseSoon` has it stand still, unless it does. */
export function openThreadConnection(
  shared: Int32Array,
  { file, lua }: Pick<DebuggedProgram, "file" | "lua">,
  pauseSoon: () => void,
): ThreadConnection {
  const { port1, port2 } = createChannel();
  const lines = createLines();
  const post = (message: DebugMessage) => {
    port1.postMessage(message);
    wake(shared);
  };
  const pausing = createPausing(shared, pauseSoon);
  return {
    port: port2,
    program: { file, lua, send: (line) => post({ line }), pause: pausing.begin, lines },
    hear: (line) => {
      if (line.includes(stopped)) pausing.end();
      lines.add(Buffer.from(`${line}\n`, "latin1"));
    },
    leave: () => {
      pausing.end();
      post({ line: null });
    },
    end: () => {
      pausing.end();
      port1.close();
      lines.end();
    },
  };
}

/** A program is asked until it tells that it stands: who hears of that may have it go on before the next time. */
function createPausing(shared: Int32Array, pauseSoon: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const end = () => clearInterval(timer);
  return {
    begin: () => {
      end();
      const look = () => {
        // It may not have heard yet that it is to go on.
        const isStanding = Atomics.load(shared, cells.stands) % 2 === 1;
        if (!isStanding) pauseSoon();
      };
      timer = setInterval(look, repetition);
      look();
    },
    end,
  };
}
