import { connect } from "../client.js";
import type { DebuggedProgram } from "../program.js";
import type { DebugEvent } from "../protocol.js";
import { command, order, stopAt } from "./going.js";
import { sourceNamed } from "./looking/sources.js";
import { tellOutput } from "./output.js";
import { allBreakpoints, noteState } from "./points.js";
import type { AdapterSession, ShownProgram } from "./session.js";
import type { LaunchSettings } from "./settings.js";

/** Shows a program to an editor, from before its first line to its end. */
export async function showProgram(
  session: AdapterSession,
  settings: LaunchSettings,
  program: DebuggedProgram,
): Promise<void> {
  const client = connect(program, (event) => hear(session, event));
  const shown: ShownProgram = {
    program,
    client,
    stop: null,
    going: null,
    gone: Promise.resolve(),
    untold: new Set(),
    isPauseAsked: false,
  };
  session.program = shown;
  try {
    await Promise.race([session.configured, client.ended]);
    begin(session, settings, shown);
    await client.ended;
  } finally {
    session.program = null;
  }
}

function begin(session: AdapterSession, settings: LaunchSettings, shown: ShownProgram): void {
  command(session, shown, { command: "errors", mode: session.errors });
  command(session, shown, { command: "skip", files: settings.skipFiles });
  command(session, shown, { command: "breakpoints", ...allBreakpoints(session.points) });
  order(session, shown, { kind: settings.stopOnEntry ? "in" : "continue" });
}

function hear(session: AdapterSession, event: DebugEvent): void {
  const { program } = session;
  if (program === null) return;
  switch (event.event) {
    case "ready":
      introduce(session, program, event.version);
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

function introduce(session: AdapterSession, { program }: ShownProgram, version: string): void {
  tellOutput(session, "console", `${program.file} in ${version}\n`);
  if (!session.hasWarned)
    tellOutput(session, "console", "A debugger can write any variable of the program.\n");
  session.hasWarned = true;
}
