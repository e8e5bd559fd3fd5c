import { allBreakpoints } from "./points.js";
import type { AdapterSession, ShownProgram } from "./session.js";

type Changed = "breakpoints" | "errors";

/**
 * Tells a program what an editor has changed: at once where it stands still. One that runs is paused for that, unless it is in a
 * step, which that would end: then it is told when it stops.
 */
export async function update(session: AdapterSession, changed: Changed): Promise<void> {
  const { program } = session;
  // Before its first line it is told everything.
  if (program === null || program.going === null) return;
  program.untold.add(changed);
  if (program.stop !== null) return tellChanges(session, program);
  if (program.going === "continue") pauseSoon(program);
}

/** Pauses a program that runs, once it has heard that it does. */
export async function pauseSoon(program: ShownProgram): Promise<void> {
  await program.gone;
  if (program.stop === null && program.going !== null) program.program.pause();
}

/** A program that stands still is told what it does not know yet. */
export async function tellChanges(session: AdapterSession, { client, untold }: ShownProgram): Promise<void> {
  const changes = new Set(untold);
  untold.clear();
  if (changes.has("errors")) await client.request({ command: "errors", mode: session.errors });
  if (changes.has("breakpoints"))
    await client.request({ command: "breakpoints", ...allBreakpoints(session.points) });
}
