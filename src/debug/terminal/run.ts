import { ProgramOver } from "../../errors/debug.js";
import { printable, visible, visibleName } from "../../files/visible.js";
import { connect, type DebugClient } from "../client.js";
import { createEventQueue } from "../events.js";
import type { DebuggedProgram } from "../program.js";
import type { DebugEvent } from "../protocol.js";
import type { TerminalCommand } from "./commands/command.js";
import type { Prompt, PromptOptions } from "./input/prompt.js";
import type { Screen } from "./screen.js";
import type { Onward, Session } from "./session.js";
import { createSources } from "./sources.js";
import { afterStop, moved, placeOf, type StopPoints, without } from "./stopPoints.js";

/** A terminal in which one program after the other is debugged. */
export interface TerminalState {
  readonly screen: Screen;
  readonly promptOptions: PromptOptions;
  /** Null until a program stands still. */
  prompt: Prompt | null;
  /** The current folder. */
  readonly cwd: string;
  /** Hears that the user wants no program any more. */
  readonly onQuit: () => void;
  /** What the user has entered, the first line first. */
  readonly entered: string[];
  points: StopPoints;
  /** Whether the next program stops at its first line. */
  stopsAtEntry: boolean;
  /** How all programs go on from here; null for under the user's eyes. */
  leaving: "detach" | "terminate" | null;
  /** The program that runs; null while none does, or it stands still. */
  running: RunningProgram | null;
  /** How often the same step is to be done again. */
  steps: { readonly onward: Onward; readonly left: number } | null;
  /** What an empty line asks for again. */
  last: TerminalCommand | null;
}

export interface RunningProgram extends Pick<DebuggedProgram, "pause"> {
  /** Whether it was told to pause. */
  readonly isPausing: boolean;
  /** Leaves it to itself. */
  abandon(): void;
}

/** Debugs a program until it is over or left to itself. Throws DEBUG where its debugger says what it should not. */
export async function debugProgram(state: TerminalState, program: DebuggedProgram): Promise<void> {
  const events = createEventQueue();
  const over = new AbortController();
  const client = connect(program, events.add);
  const end = (reason?: unknown) => {
    events.end(reason);
    over.abort();
  };
  client.ended.then(() => end(), end);
  const session = sessionFor(state, program, client, () => {
    leave(state, program);
    events.end();
  });
  const isWatched = state.leaving === null;
  const begun = askFirst(state, session);
  try {
    await follow(state, session, begun, { next: events.next, over: over.signal });
  } catch (error) {
    // What is asked while a program ends gets no answer.
    if (!(error instanceof ProgramOver)) throw error;
  } finally {
    state.running = null;
    state.points = { ...session.points, watches: [] };
  }
  if (isWatched && state.leaving !== "detach") state.screen.show(`${visibleName(program.file)} is over`);
}

function sessionFor(
  { screen, cwd, points }: TerminalState,
  program: DebuggedProgram,
  client: DebugClient,
  abandon: () => void,
): Session {
  const sources = createSources(client, cwd);
  return { program, client, screen, sources, cwd, points, view: null, listed: null, abandon };
}

/** What a program tells, until it is over. */
interface Followed {
  next(): Promise<DebugEvent | null>;
  readonly over: AbortSignal;
}

/** Does what events ask for, one after the other, until the program is over or left to itself. */
async function follow(
  state: TerminalState,
  session: Session,
  begun: Promise<unknown>,
  events: Followed,
): Promise<void> {
  for (let event = await events.next(); event !== null; event = await events.next()) {
    switch (event.event) {
      case "ready":
        await begin(state, session, begun, event.version);
        break;
      case "stopped":
        await stopped(state, session, event, events.over);
        break;
      case "log":
        session.screen.show(`${placeOf(event, session.cwd)}: ${printable(event.text)}`);
        break;
      case "breakpoint":
        foundLine(session, event);
        break;
    }
    if (state.leaving === "detach") return;
  }
}

/** What a program is asked before anything of it runs, in one go and before it is there, so that nobody waits for the other one. */
function askFirst({ leaving, stopsAtEntry }: TerminalState, { client, points }: Session): Promise<unknown> {
  const stopping = [
    { command: "breakpoints", lines: points.lines, functions: points.functions },
    { command: "errors", mode: points.errors },
    { command: "skip", files: points.skip },
  ] as const;
  const asked =
    leaving === null ? client.request(firstGo(stopsAtEntry), stopping) : client.request({ command: leaving });
  // Who waits for it hears that the program has not begun.
  asked.catch(() => {});
  return asked;
}

function firstGo(stopsAtEntry: boolean): Onward["command"] {
  return { command: "go", go: { kind: stopsAtEntry ? "in" : "continue" } };
}

/** Before anything of the program runs. */
async function begin(
  state: TerminalState,
  session: Session,
  begun: Promise<unknown>,
  version: string,
): Promise<void> {
  if (state.leaving === null) {
    const file = visibleName(session.program.file);
    session.screen.show(`${file} in ${visible(version)}: help has the commands, which can change it`);
    runs(state, session, { command: firstGo(state.stopsAtEntry), times: 1 });
  }
  await begun;
}

/** A breakpoint without code on its line stops further on; the call of a watch ends. */
function foundLine(session: Session, event: Extract<DebugEvent, { event: "breakpoint" }>): void {
  const watch = session.points.watches.find(({ id }) => id === event.id);
  if (watch !== undefined) {
    session.points = without(session.points, watch.id) ?? session.points;
    session.screen.show(`Watch ${watch.id} of ${visible(watch.expression)} is gone: ${event.problem}`);
    return;
  }
  const before = session.points.lines.find(({ id }) => id === event.id);
  session.points = moved(session.points, event);
  if (event.problem !== null) session.screen.show(`Breakpoint ${event.id}: ${visible(event.problem)}`);
  else if (before !== undefined && event.line !== null && before.line !== event.line)
    session.screen.show(`Breakpoint ${event.id} is at line ${event.line}, where there is code`);
}

export type Stopped = Extract<DebugEvent, { event: "stopped" }>;

async function stopped(
  state: TerminalState,
  session: Session,
  event: Stopped,
  over: AbortSignal,
): Promise<void> {
  state.running = null;
  session.points = afterStop(session.points, event.breakpoints);
  const { steps } = state;
  if (event.reason === "step" && event.message === null && steps !== null && steps.left > 0) {
    return goOn(state, session, { ...steps.onward, times: steps.left });
  }
  // Many a run stops nowhere.
  const { converse } = await import("./conversation.js");
  const onward = await converse(state, session, event, over);
  if (onward !== null) await goOn(state, session, onward);
}

/** The program is no longer at a standstill. */
function runs(state: TerminalState, { abandon, program }: Session, onward: Onward): void {
  const { command, times } = onward;
  if (command.command !== "go") return;
  state.stopsAtEntry = command.go.kind !== "continue";
  state.steps = { onward, left: times - 1 };
  state.running = { pause: () => program.pause(), isPausing: false, abandon };
}

async function goOn(state: TerminalState, session: Session, onward: Onward): Promise<void> {
  const { command } = onward;
  runs(state, session, onward);
  const isQuitting = command.command === "terminate" && state.leaving === null;
  if (command.command === "detach") leave(state, session.program);
  if (isQuitting) state.leaving = "terminate";
  const answered = session.client.request(command);
  // A program that ends may have no time for an answer.
  await (isQuitting ? answered.catch(() => {}) : answered);
  if (isQuitting) state.onQuit();
}

/** This program and those that follow go on without the debugger. */
function leave(state: TerminalState, { file }: DebuggedProgram): void {
  if (state.leaving === null) state.screen.show(`${visibleName(file)} goes on without the debugger`);
  state.leaving = "detach";
}
