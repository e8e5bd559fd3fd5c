/** What a user has stop the program. */

import { visible } from "../../files/visible.js";
import { changingTexts, isExpression, mayChange } from "../luaText.js";
import type { Breakpoint, ErrorMode, FunctionBreakpoint, Go } from "../protocol.js";
import type { BreakpointRequest, Place } from "./commands/command.js";
import { findFile, findLine, withBreakpoint } from "./places.js";
import type { Screen } from "./screen.js";
import { type Session, surroundings, viewOf } from "./session.js";
import { frameOf, listed, placeOf, type StopPoints, type Watch, without } from "./stopPoints.js";

/** Sets a breakpoint, and says where. */
export async function setBreakpoint(
  session: Session,
  request: BreakpointRequest,
  isTemporary: boolean,
): Promise<void> {
  const where = await surroundings(session);
  const { points, sources } = session;
  const added = await withBreakpoint(points, { ...request, isTemporary }, where, sources.ofFound);
  if (typeof added === "string") return session.screen.show(added);
  await apply(session, added);
  showLast(session, "Breakpoint");
}

/** Says something at a line each time in place of stopping there. */
export async function setLog(session: Session, place: Place, log: string): Promise<void> {
  const found = await findLine(place, await surroundings(session), session.sources.ofFound);
  if (typeof found === "string") return session.screen.show(found);
  const { points } = session;
  const lines = [...points.lines, { ...found, id: points.nextId, log }];
  await apply(session, { ...points, lines, nextId: points.nextId + 1 });
  showLast(session, "Log");
}

function showLast({ points, screen, cwd }: Session, noun: string): void {
  const id = points.nextId - 1;
  const point = [...points.lines, ...points.functions].find((each) => each.id === id);
  if (point === undefined) return;
  screen.show(`${noun} ${id} at ${whereOf(point, cwd)}`);
  noteChanges(screen, point, cwd);
}

function whereOf(point: Breakpoint | FunctionBreakpoint, cwd: string): string {
  return "name" in point ? `function ${point.name}` : placeOf(point, cwd);
}

/** Notes what a breakpoint may change in the program. */
export function noteChanges(screen: Screen, point: Breakpoint | FunctionBreakpoint, cwd: string): void {
  for (const text of changingTexts(point)) screen.changes(`${point.id} at ${whereOf(point, cwd)}`, text);
}

/** Tells the program of breakpoints. */
export async function apply(session: Session, points: StopPoints): Promise<void> {
  const { lines, functions } = points;
  const states = await session.client.request({ command: "breakpoints", lines, functions });
  session.points = points;
  for (const { id, problem } of states) {
    if (problem !== null) session.screen.show(`Breakpoint ${id}: ${problem}`);
  }
}

export function showBreakpoints({ points, screen, cwd }: Session): void {
  const lines = listed(points, cwd);
  screen.show(...(lines.length === 0 ? ["There are no breakpoints"] : lines));
}

/** Removes a breakpoint, log or watch, or all of them. */
export async function remove(session: Session, id: number | "all"): Promise<void> {
  const left = without(session.points, id);
  if (left === null) return session.screen.show(`There is no number ${id}; "b" shows all`);
  await apply(session, left);
  await applyWatches(session);
}

/** Chooses which errors stop the program, and says it. */
export async function setErrors(session: Session, mode: ErrorMode | null): Promise<void> {
  if (mode !== null) {
    await session.client.request({ command: "errors", mode });
    session.points = { ...session.points, errors: mode };
  }
  session.screen.show(errorTexts[session.points.errors]);
}

const errorTexts: Readonly<Record<ErrorMode, string>> = {
  never: "No error stops the program",
  uncaught: "Errors that nothing catches and failures of tests stop the program",
  always: "Every error stops the program",
};

/** Stops the program when the value of an expression changes in the call that is looked at. */
export async function setWatch(session: Session, expression: string): Promise<void> {
  if (!isExpression(expression)) return session.screen.show(`No Lua reads "${visible(expression)}"`);
  const { thread, frame, total } = viewOf(session);
  const { points } = session;
  const id = points.nextId;
  const watch: Watch = { id, expression, thread, height: total - frame.index, name: frame.name };
  session.points = { ...points, watches: [...points.watches, watch], nextId: id + 1 };
  await applyWatches(session);
  const { screen } = session;
  screen.show(`Watch ${id} of ${visible(expression)} in ${visible(frame.name)}`);
  if (mayChange(expression)) screen.changes(`${id} in ${visible(frame.name)}`, expression);
}

/** Tells the program of watches; those whose call has returned are gone. */
async function applyWatches(session: Session): Promise<void> {
  const { client, points } = session;
  const expressions = [];
  const left: Watch[] = [];
  for (const watch of points.watches) {
    const place = await placeNow(session, watch);
    if (place === null) continue;
    left.push(watch);
    expressions.push({ id: watch.id, expression: watch.expression, ...place });
  }
  await client.request({ command: "watch", expressions });
  session.points = { ...points, watches: left };
}

/** Where the call of a watch is now, by its distance from the first call of its coroutine. */
async function placeNow({ client }: Session, watch: Watch) {
  const { thread } = watch;
  const { total } = await client.request({ command: "frames", thread, start: 1, count: 1 });
  const place = frameOf(watch, total);
  if (place.frame < 1) return null;
  const { frames } = await client.request({ command: "frames", thread, start: place.frame, count: 1 });
  return frames[0]?.name === watch.name ? place : null;
}

/** How a program goes on to a line; a sentence where there is none. */
export async function until(session: Session, place: Place): Promise<Go | string> {
  const where = await surroundings(session);
  const found = findFile(place.file, where);
  if (typeof found === "string") return found;
  const line = await findLine(place, where, session.sources.ofFound);
  return typeof line === "string" ? line : { kind: "until", file: found.file, line: place.line };
}
