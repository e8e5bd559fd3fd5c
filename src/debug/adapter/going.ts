/** How programs go on, and stop. */

import * as v from "valibot";
import { programEnded } from "../../errors/debug.js";
import type { Command, DebugEvent, Go } from "../protocol.js";
import { tellOutput } from "./output.js";
import { request, standing } from "./request.js";
import type { AdapterSession, ShownProgram } from "./session.js";
import { pauseSoon, tellChanges } from "./update.js";

const thread = v.object({ threadId: v.number() });

export const next = request(thread, (session) => goOn(session, { kind: "over" }));
export const stepIn = request(thread, (session) => goOn(session, { kind: "in" }));
export const stepOut = request(thread, (session) => goOn(session, { kind: "out" }));
export const continueAll = request(thread, (session) => ({
  ...goOn(session, { kind: "continue" }),
  allThreadsContinued: true,
}));

export const pause = request(thread, ({ program }) => {
  if (program === null) throw programEnded();
  program.isPauseAsked = true;
  pauseSoon(program);
  return {};
});

function goOn(session: AdapterSession, go: Go): object {
  standing(session);
  if (session.program !== null) order(session, session.program, go);
  return {};
}

/** The answer is not waited for: who asks is answered before the program stops again. */
export function order(session: AdapterSession, program: ShownProgram, go: Go): void {
  program.stop = null;
  program.going = go.kind;
  program.gone = command(session, program, { command: "go", go });
}

/** What a program has no reason to refuse; that it is over is told otherwise. */
export async function command(
  session: AdapterSession,
  { client }: ShownProgram,
  given: Command,
): Promise<void> {
  try {
    await client.request(given);
  } catch (error) {
    const isOver = session.program?.client !== client;
    if (!isOver && error instanceof Error) tellOutput(session, "console", `${error.message}\n`);
  }
}

type Stopped = Extract<DebugEvent, { event: "stopped" }>;

/** A program stands still. One that was paused to be told something goes on. */
export async function stopAt(session: AdapterSession, program: ShownProgram, event: Stopped): Promise<void> {
  program.stop = { event, frames: new Map(), holders: new Map(), watchable: new Map() };
  await tellChanges(session, program);
  const isWanted = event.reason !== "pause" || program.isPauseAsked;
  program.isPauseAsked = false;
  if (!isWanted) return order(session, program, { kind: "continue" });
  session.tell("stopped", {
    ...shownReason(event),
    threadId: event.thread,
    allThreadsStopped: true,
    hitBreakpointIds: event.breakpoints,
    ...(event.message === null ? {} : { text: event.message }),
  });
}

function shownReason({ reason }: Stopped): { readonly reason: string; readonly description?: string } {
  switch (reason) {
    case "error":
      return { reason: "exception", description: "Stopped at an error" };
    case "failure":
      return { reason: "exception", description: "Stopped where a test fails" };
    case "watch":
      return { reason: "data breakpoint" };
    case "dbg":
      return { reason: "breakpoint", description: "Stopped by the program itself" };
    default:
      return { reason };
  }
}
