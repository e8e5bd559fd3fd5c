/** Where a program stands: its coroutines, their calls, what these see, and the error that has stopped it. */

import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import type { Frame, InFrame, Scope, Thread } from "../../protocol.js";
import { frameOf, request, standing } from "../request.js";
import type { AdapterSession, Stop } from "../session.js";
import { sourceOfFrame } from "./sources.js";
import { hold } from "./variables.js";

/** A running program has at least the coroutine that it began in. */
export const threads = request(v.object({}), async ({ program }) => {
  if (program === null || program.stop === null) return { threads: [{ id: 1, name: "main" }] };
  const all = await program.client.request({ command: "threads" });
  const shown = all.filter(({ status, isCurrent }) => status !== "dead" || isCurrent);
  return { threads: shown.map((thread) => ({ id: thread.id, name: threadName(thread) })) };
});

function threadName({ id, status, place }: Thread): string {
  return id === 1 ? "main" : `coroutine ${id} (${status}${place === "" ? "" : ` at ${place}`})`;
}

const mostFrames = 1000;

/** Calls of a coroutine, by pages. */
export const stackTrace = request(
  v.object({
    threadId: v.number(),
    startFrame: v.optional(v.number(), 0),
    levels: v.optional(v.number(), 0),
  }),
  async (session, { threadId, startFrame, levels }) => {
    const { client, stop } = standing(session);
    const count = levels === 0 ? mostFrames : levels;
    const asked = { command: "frames", thread: threadId, start: startFrame + 1, count } as const;
    const { frames, total } = await client.request(asked);
    return {
      stackFrames: frames.map((frame) => shownFrame(session, stop, threadId, frame)),
      totalFrames: total,
    };
  },
);

function shownFrame(
  session: AdapterSession,
  { event, frames }: Stop,
  thread: number,
  frame: Frame,
): DebugProtocol.StackFrame {
  const { firstLine, firstColumn } = session.client;
  const id = frames.size + 1;
  frames.set(id, { thread, frame: frame.index });
  // What is further in than where a user wants to look.
  const isInner = thread === event.thread && frame.index < event.frame;
  const source = sourceOfFrame(session, frame);
  return {
    id,
    name: frame.name,
    ...(source === undefined ? {} : { source }),
    line: frame.line === 0 ? 0 : frame.line - 1 + firstLine,
    column: frame.line === 0 ? 0 : firstColumn,
    presentationHint: frame.isC || isInner ? "subtle" : "normal",
  };
}

const titles = { locals: "Locals", varargs: "Varargs", upvalues: "Upvalues", globals: "Globals" } as const;

export const scopes = request(v.object({ frameId: v.number() }), async (session, { frameId }) => {
  const { client, stop } = standing(session);
  const inFrame = frameOf(stop, frameId);
  const all = await client.request({ command: "scopes", ...inFrame });
  const shown = all.filter(({ kind, count }) => kind === "locals" || count > 0);
  return { scopes: shown.map((scope) => shownScope(session, stop, scope, inFrame)) };
});

function shownScope(
  session: AdapterSession,
  stop: Stop,
  { kind, ...scope }: Scope,
  frame: InFrame,
): DebugProtocol.Scope {
  return {
    name: titles[kind],
    ...hold(session, stop, scope, frame),
    expensive: kind === "globals",
    ...(kind === "locals" ? { presentationHint: "locals" } : {}),
  };
}

const mostOfTrace = 50;

/** The error that has stopped a program. */
export const exceptionInfo = request(v.object({ threadId: v.number() }), async (session) => {
  const { client, stop } = standing(session);
  const { thread, message, reason } = stop.event;
  const { frames } = await client.request({ command: "frames", thread, start: 1, count: mostOfTrace });
  const lines = frames.map(
    ({ source, line, name, isC }) => `${isC ? source : `${source}:${line}`}: in ${name}`,
  );
  return {
    exceptionId: reason === "failure" ? "failure" : "error",
    description: message ?? "",
    breakMode: session.errors === "always" ? "always" : "unhandled",
    details: { message: message ?? "", stackTrace: lines.join("\n") },
  };
});
