import { connect } from "../client.js";
import type { DebuggedProgram } from "../program.js";
import type { DebugEvent } from "../protocol.js";
import { command, order, stopAt } from "./going.js";
import { sourceNamed } from "./looking/sources.js";
import { tellOutput } from "./output.js";
import type { AdapterSession, ShownProgram } from "./session.js";
import type { ShownSettings } from "./settings.js";
import { allBreakpoints, forgetWatches, noteState } from "./stopping/points.js";

/** Shows a program to an editor, from before its first line to its end. */
export async function showProgram(
  session: AdapterSession,
  settings: ShownSettings,
  program: DebuggedProgram,
): Promise<void> {
  const shown = createShown(program, (event) => hear(session, event));
  session.program = shown;
  try {
    await Promise.race([session.configured, shown.client.ended]);
    begin(session, settings, shown);
    await shown.client.ended;
  } finally {
    forgetWatches(session);
    session.program = null;
  }
}

/** A program that has not begun yet. */
export function createShown(program: DebuggedProgram, onEvent: (event: DebugEvent) => void): ShownProgram {
  return {
    program,
    client: connect(program, onEvent),
    stop: null,
    going: null,
    gone: Promise.resolve(),
    untold: new Set(),
    version: null,
    isPauseAsked: false,
  };
}

/** Lets a program begin, as an editor wants to see it. */
export function begin(session: AdapterSession, settings: ShownSettings, shown: ShownProgram): void {
  command(session, shown, { command: "errors", mode: session.errors });
  command(session, shown, { command: "skip", files: settings.skipFiles });
  command(session, shown, { command: "breakpoints", ...allBreakpoints(session.points) });
  order(session, shown, { kind: settings.stopOnEntry ? "in" : "continue" });
}

/** What a program says, for the editor. */
export function hear(session: AdapterSession, event: DebugEvent): void {
  const { program } = session;
  if (program === null) return;
  switch (event.event) {
    case "ready":
      program.version = event.version;
      introduce(session, program);
      break;
    case "stopped":
      stopAt(session, program, event).catch((error: unknown) => {
        if (error instanceof Error) tellOutput(session, "console", `${error.message}\n`);
      });
      break;
    case "log":
      tellOutput(session, "console", `${event.text}\n`, event.line === 0 ? null : event);
      break;
    case "breakpoint":
      noteState(session, event);
      break;
    case "source":
      session.tell("loadedSource", { reason: "new", source: sourceNamed(session, event.source) });
      break;
    case "ended":
  }
}

/** Says which program the editor sees, once that is known. */
export function introduce(session: AdapterSession, { program, version }: ShownProgram): void {
  if (version === null) return;
  tellOutput(session, "console", `${program.file} in ${version}\n`);
  if (!session.hasWarned)
    tellOutput(session, "console", "A debugger can write any variable of the program.\n");
  session.hasWarned = true;
}
