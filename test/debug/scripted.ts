import type { DebugFrontEnd, DebuggedProgram } from "../../src/debug/program.js";
import type { Command, DebugEvent, Results } from "../../src/debug/protocol.js";
import { readReply, readResult } from "../../src/debug/replies.js";
import { literal } from "../../src/engine/literal.js";

/** A program in a debugger, to which somebody speaks line by line. */
export interface Spoken {
  readonly program: DebuggedProgram;
  /** The next event of a kind; null when the program is over before. */
  next(event: DebugEvent["event"]): Promise<DebugEvent | null>;
  /** The next line; null when the program is over. */
  line(): Promise<string | null>;
  send(command: Command): void;
  /** What a command gives. */
  answer<Asked extends Command>(command: Asked): Promise<Results[Asked["command"]]>;
  go(kind: "in" | "over" | "continue"): void;
}

/** A front end that speaks to each program as `speak` does. */
export function scripted(speak: (spoken: Spoken) => Promise<void>): DebugFrontEnd {
  return { debug: (program) => speak(spokenWith(program)) };
}

function spokenWith(program: DebuggedProgram): Spoken {
  const lines = program.lines[Symbol.asyncIterator]();
  let requests = 0;
  const send = (command: Command) => program.send(literal({ ...command, request: ++requests }));
  const line = async () => {
    const { done, value } = await lines.next();
    return done === true ? null : value;
  };
  return {
    program,
    line,
    next: async (wanted) => {
      for (let each = await line(); each !== null; each = await line()) {
        const reply = readReply(each);
        if (reply.kind === "event" && reply.event.event === wanted) return reply.event;
      }
      return null;
    },
    send,
    answer: async <Asked extends Command>(command: Asked) => {
      send(command);
      const wanted = requests;
      for (let each = await line(); each !== null; each = await line()) {
        const reply = readReply(each);
        if (reply.kind === "result" && reply.request === wanted)
          return readResult<Asked["command"]>(command.command, reply.result);
      }
      throw new Error("the program was over before it has answered");
    },
    go: (kind) => send({ command: "go", go: { kind } }),
  };
}
