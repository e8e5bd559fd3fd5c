import { literal } from "../engine/literal.js";
import { programEnded, refusedCommand } from "../errors/debug.js";
import type { DebuggedProgram } from "./program.js";
import type { Command, DebugEvent, Results } from "./protocol.js";
import { type RawReply, readReply, readResult } from "./replies.js";

/** Asks the debugger in a program. Texts are those of names: UTF-8, with lone surrogates for other bytes. */
export interface DebugClient {
  /**
   * The `first` ones come before it in the same line, and are not answered. Throws DEBUG for what the debugger refuses, and when the
   * program is over before it has answered.
   */
  request<Asked extends Command>(
    command: Asked,
    first?: readonly Command[],
  ): Promise<Results[Asked["command"]]>;
  /** Resolves when the program is over. Throws DEBUG for a line that is no reply. */
  readonly ended: Promise<void>;
}

interface Waiting {
  answer(reply: Exclude<RawReply, { kind: "event" }>): void;
  fail(reason: Error): void;
}

/** Connects with the debugger in a program. What that tells unasked is handed to `onEvent` in its order. */
export function connect(program: DebuggedProgram, onEvent: (event: DebugEvent) => void): DebugClient {
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  let reasonForEnd: Error | null = null;
  const end = (reason: Error) => {
    reasonForEnd ??= reason;
    for (const each of waiting.values()) each.fail(reason);
    waiting.clear();
  };
  const hear = (line: string) => {
    const reply = readReply(line);
    if (reply.kind === "event") return onEvent(reply.event);
    const asked = waiting.get(reply.request);
    waiting.delete(reply.request);
    asked?.answer(reply);
  };
  return {
    request: (command, first = []) =>
      new Promise<Results[(typeof command)["command"]]>((resolve, reject) => {
        if (reasonForEnd !== null) return reject(reasonForEnd);
        const request = ++requests;
        waiting.set(request, waitingFor<(typeof command)["command"]>(command.command, resolve, reject));
        const asked = { ...command, request };
        program.send(literal(first.length === 0 ? asked : [...first, asked]));
      }),
    ended: listen(program.lines, hear, end),
  };
}

function waitingFor<Name extends keyof Results>(
  name: Name,
  resolve: (result: Results[Name]) => void,
  reject: (reason: unknown) => void,
): Waiting {
  const answer: Waiting["answer"] = (reply) => {
    if (reply.kind === "error") return reject(refusedCommand(reply.error));
    try {
      resolve(readResult(name, reply.result));
    } catch (error) {
      reject(error);
    }
  };
  return { answer, fail: reject };
}

async function listen(
  lines: AsyncIterable<string>,
  hear: (line: string) => void,
  end: (reason: Error) => void,
): Promise<void> {
  try {
    for await (const line of lines) hear(line);
    end(programEnded());
  } catch (error) {
    end(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}
