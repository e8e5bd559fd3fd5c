import type { Command } from "../protocol.js";
import type { AdapterSession, ShownProgram } from "./session.js";
import { allBreakpoints, allWatches } from "./stopping/points.js";

type Changed = "breakpoints" | "errors" | "skip" | "watch";

const everything: readonly Changed[] = ["errors", "skip", "breakpoints", "watch"];

/**
 * Tells a program what an editor has changed: at once where it stands still. One that runs is paused for that, unless it is in a
 * step, which that would end: then it is told when it stops.
 */
export async function update(session: AdapterSession, changed: Changed): Promise<void> {
  const { program } = session;
  // Before its first line it is told everything.
  if (program !== null && program.going !== null) await tellSoon(session, program, [changed]);
}

/** The same of all that an editor wants, for a program that has known another one. */
export async function updateAll(session: AdapterSession, program: ShownProgram): Promise<void> {
  await tellSoon(session, program, everything);
}

async function tellSoon(
  session: AdapterSession,
  program: ShownProgram,
  changes: readonly Changed[],
): Promise<void> {
  for (const each of changes) program.untold.add(each);
  if (program.stop !== null) return tellChanges(session, program);
  if (program.going === "continue") pauseSoon(program);
}

/** Pauses a program that runs, once it has heard that it does. */
export async function pauseSoon(program: ShownProgram): Promise<void> {
  await program.gone;
  if (program.stop === null && program.going !== null) program.program.pause();
}

/** A program that stands still is told what it does not know yet, all at once: it may be about to go on. */
export async function tellChanges(session: AdapterSession, { client, untold }: ShownProgram): Promise<void> {
  const changes = new Set(untold);
  untold.clear();
  const commands: Readonly<Record<Changed, Command>> = {
    errors: { command: "errors", mode: session.errors },
    skip: { command: "skip", files: session.attached?.skipFiles ?? [] },
    breakpoints: { command: "breakpoints", ...allBreakpoints(session.points) },
    watch: { command: "watch", expressions: allWatches(session.points) },
  };
  const told = everything.filter((each) => changes.has(each));
  await Promise.all(told.map((each) => client.request(commands[each])));
}
