/** A run that one editor after the other joins; while none is there, its programs go on by themselves. */

import { anotherEditor } from "../../errors/debug.js";
import type { DebugFrontEnd, DebuggedProgram } from "../program.js";
import type { Command, DebugEvent } from "../protocol.js";
import { begin, createShown, hear, introduce } from "./program.js";
import type { AdapterSession, SharedRun, ShownProgram } from "./session.js";
import { forgetWatches } from "./stopping/points.js";
import { pauseSoon, updateAll } from "./update.js";

export interface SharedRunOptions {
  /** Whether the first program begins only when an editor is there. */
  readonly waits: boolean;
  /** Hears that an editor wants no program any more. */
  readonly onQuit: () => void;
}

export interface SharedFrontEnd extends SharedRun, DebugFrontEnd {
  /** Tells the editor that is there with which code the run has ended. */
  finish(code: number): void;
}

interface State {
  readonly onQuit: () => void;
  waits: boolean;
  isEnding: boolean;
  session: AdapterSession | null;
  /** Whether the editor has said all that there is to know before a program begins. */
  isConfigured: boolean;
  program: ShownProgram | null;
}

export function createSharedRun({ waits, onQuit }: SharedRunOptions): SharedFrontEnd {
  const state: State = { onQuit, waits, isEnding: false, session: null, isConfigured: false, program: null };
  return {
    debug: (program) => show(state, program),
    join: (session) => join(state, session),
    leave: (session) => {
      if (state.session === session) leave(state, session);
    },
    end: () => end(state),
    finish: (code) => {
      state.session?.tell("exited", { exitCode: code });
      state.session?.tell("terminated");
    },
  };
}

async function show(state: State, program: DebuggedProgram): Promise<void> {
  const shown = createShown(program, (event) => hearIn(state, shown, event));
  put(state, shown);
  letBegin(state);
  try {
    await shown.client.ended;
  } finally {
    put(state, null);
  }
}

function put(state: State, program: ShownProgram | null): void {
  state.program = program;
  if (state.session === null) return;
  if (program === null) forgetWatches(state.session);
  state.session.program = program;
}

function letBegin({ session, isConfigured, program, waits, isEnding }: State): void {
  if (program === null || program.going !== null) return;
  if (isEnding) terminate(program);
  else if (session === null && !waits) goOnAlone(program);
  else if (session !== null && session.attached !== null && isConfigured)
    begin(session, session.attached, program);
}

function hearIn(state: State, program: ShownProgram, event: DebugEvent): void {
  const { session, isEnding } = state;
  if (event.event === "stopped" && isEnding) terminate(program);
  else if (session !== null) hear(session, event);
  else if (event.event === "ready") program.version = event.version;
  else if (event.event === "stopped") goOnAlone(program);
}

function join(state: State, session: AdapterSession): void {
  if (state.session !== null) throw anotherEditor();
  state.session = session;
  session.program = state.program;
  if (state.program !== null) introduce(session, state.program);
  session.configured.then(() => {
    if (state.session === session) configured(state, session);
  });
}

/** A program that runs already is told what its editor wants, for which it pauses. */
async function configured(state: State, session: AdapterSession): Promise<void> {
  state.isConfigured = true;
  state.waits = false;
  const { program } = state;
  if (program === null || program.going === null) letBegin(state);
  else {
    program.isPauseAsked = session.attached?.stopOnEntry ?? false;
    await updateAll(session, program);
  }
}

function leave(state: State, session: AdapterSession): void {
  state.session = null;
  state.isConfigured = false;
  session.program = null;
  session.attached = null;
  const { program } = state;
  if (program === null) return;
  program.isPauseAsked = false;
  if (program.going === null) letBegin(state);
  else if (program.stop !== null) goOnAlone(program);
  else pauseSoon(program);
}

function end(state: State): void {
  const { program } = state;
  state.isEnding = true;
  state.onQuit();
  if (program === null) return;
  if (program.stop !== null) terminate(program);
  else if (program.going === null) letBegin(state);
  else pauseSoon(program);
}

/** What an editor wanted is forgotten. */
function goOnAlone(program: ShownProgram): void {
  program.stop = null;
  program.going = "continue";
  program.untold.clear();
  program.gone = ask(program, [
    { command: "errors", mode: "never" },
    { command: "skip", files: [] },
    { command: "watch", expressions: [] },
    { command: "breakpoints", lines: [], functions: [] },
    { command: "go", go: { kind: "continue" } },
  ]);
}

function terminate(program: ShownProgram): void {
  program.going = "continue";
  program.gone = ask(program, [{ command: "terminate" }]);
}

/** A program that ends meanwhile has no answer. */
async function ask({ client }: ShownProgram, commands: readonly Command[]): Promise<void> {
  await Promise.allSettled(commands.map((command) => client.request(command)));
}
