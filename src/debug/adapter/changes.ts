/** What an editor changes in a program, for the log. */

import { changingTexts } from "../luaText.js";
import type { Breakpoint, InFrame } from "../protocol.js";
import type { AdapterSession } from "./session.js";

/** Notes Lua that changes something in a frame. */
export async function noteChange(
  { log, program }: AdapterSession,
  { thread, frame }: InFrame,
  lua: string,
): Promise<void> {
  if (log === null || program === null) return;
  const { frames } = await program.client.request({ command: "frames", thread, start: frame, count: 1 });
  const [found] = frames;
  log.note(found === undefined ? "" : `${found.source}:${found.line} in ${found.name}`, lua);
}

/** Notes what a breakpoint may change each time that a program comes to it. */
export function noteChanges(
  { log }: AdapterSession,
  place: string,
  point: Pick<Breakpoint, "condition" | "log">,
): void {
  if (log !== null) for (const text of changingTexts(point)) log.noteOnce(place, text);
}
