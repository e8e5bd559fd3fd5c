/** What a user looks at while a program stands still. */

import path from "node:path";
import type { Scope, Variable } from "../protocol.js";
import type { LineRange } from "./commands/command.js";
import { listing } from "./listing.js";
import { findFile } from "./places.js";
import { inFrame, look, type Session, surroundings, viewOf } from "./session.js";
import { frameText, isOfLua, scopeText, threadsText, traceText } from "./showing.js";
import type { SourceText } from "./sources.js";

const mostFrames = 50;
const mostVariables = 100;

/** Towards the callers, or with a number below zero away from them. */
export async function move(session: Session, by: number): Promise<void> {
  const { thread, frame, total } = viewOf(session);
  const index = Math.min(Math.max(frame.index + by, 1), total);
  if (index === frame.index) return session.screen.show(by > 0 ? "Nothing called this" : "It calls nothing");
  await look(session, thread, index);
  await showPlace(session);
}

/** The call that is looked at, with the source around it. */
export async function showPlace(session: Session): Promise<void> {
  session.screen.show(frameText(viewOf(session).frame, session.cwd));
  await showAround(session, 2);
}

/** So many lines before and behind the current one. */
export async function showAround(session: Session, lines: number): Promise<void> {
  const { frame } = viewOf(session);
  if (frame.isC || frame.line === 0) return;
  const source = await session.sources.ofFrame(frame);
  if (source === null) return session.screen.show(`There is no source of ${frame.source} to be read`);
  const from = Math.max(1, frame.line - lines);
  showLines(session, source, shownName(session), { from, to: from + 2 * lines });
}

/** Lines of a file; without any those around the current one, or if `goesOn` those behind what was listed last. */
export async function list(
  session: Session,
  { file, lines }: { readonly file: string | null; readonly lines: LineRange | null },
  goesOn: boolean,
): Promise<void> {
  if (lines === null) return goesOn && session.listed !== null ? listOn(session) : showAround(session, 5);
  const found = file === null ? { file } : findFile(file, await surroundings(session));
  if (typeof found === "string") return session.screen.show(found);
  const source = await sourceOf(session, found.file);
  if (source === null) return session.screen.show("There is no source of that to be read");
  const { from, to, isAround } = lines;
  if (from > source.lines.length)
    return session.screen.show(`The source ends at line ${source.lines.length}`);
  const first = isAround ? Math.max(1, from - 5) : from;
  showLines(session, source, found.file ?? shownName(session), {
    from: first,
    to: isAround ? first + 10 : to,
  });
}

/** The file or chunk of the call that is looked at. */
function shownName(session: Session): string {
  const { file, source } = viewOf(session).frame;
  return file ?? source;
}

async function listOn(session: Session): Promise<void> {
  const { file, next } = session.listed ?? { file: null, next: 1 };
  const source = await sourceOf(session, file);
  if (source === null || next > source.lines.length) return session.screen.show("The source ends here");
  showLines(session, source, file ?? shownName(session), { from: next, to: next + 10 });
  session.listed = { file, next: next + 11 };
}

async function sourceOf({ sources, view }: Session, file: string | null): Promise<SourceText | null> {
  if (file !== null) return sources.ofFile(file);
  return view === null ? null : sources.ofFrame(view.frame);
}

function showLines(
  session: Session,
  source: SourceText,
  file: string,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const { frame } = viewOf(session);
  const isCurrent = isSameFile(session, file, shownName(session));
  const marked = session.points.lines.filter((each) => isSameFile(session, each.file, file));
  const current = isCurrent ? frame.line : null;
  const shown = { from, to, current, marked: new Set(marked.map(({ line }) => line)) };
  session.screen.show(...listing(source, shown, session.screen.colors));
  session.listed = { file: isCurrent ? null : file, next: to + 1 };
}

function isSameFile({ cwd }: Session, a: string, b: string): boolean {
  return path.resolve(cwd, a) === path.resolve(cwd, b);
}

export async function showTrace(session: Session): Promise<void> {
  const { thread, frame } = viewOf(session);
  const request = { command: "frames", thread, start: 1, count: Math.max(mostFrames, frame.index) } as const;
  const { frames, total } = await session.client.request(request);
  const { cwd, screen } = session;
  screen.show(...traceText(frames, total, { current: frame.index, cwd, colors: screen.colors }));
}

/** Locals, varargs and upvalues of the call. */
export async function showLocals(session: Session): Promise<void> {
  const scopes = await session.client.request({ command: "scopes", ...inFrame(session) });
  const own = scopes.filter(({ kind, count }) => kind !== "globals" && count > 0);
  if (own.length === 0) return session.screen.show("There are no locals, varargs or upvalues here");
  for (const scope of own) {
    const variables = await variablesOf(session, scope, mostVariables);
    session.screen.show(...scopeText(scope.kind, variables, scope.count));
  }
}

/** Globals that are none of Lua's own; with a text, all that have it in their names. */
export async function showGlobals(session: Session, text: string | null): Promise<void> {
  const scopes = await session.client.request({ command: "scopes", ...inFrame(session) });
  const scope = scopes.find(({ kind }) => kind === "globals");
  const all = scope === undefined ? [] : await variablesOf(session, scope, scope.count);
  const found = all.filter((each) => (text === null ? !isOfLua(each) : each.name.includes(text)));
  const sorted = found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (sorted.length === 0)
    return session.screen.show(text === null ? "There are no globals but Lua's own" : "There are none");
  session.screen.show(...scopeText("globals", sorted.slice(0, mostVariables), sorted.length));
}

async function variablesOf(
  { client }: Session,
  { reference }: Scope,
  most: number,
): Promise<readonly Variable[]> {
  return client.request({ command: "variables", reference, start: 1, count: most });
}

export async function showThreads(session: Session): Promise<void> {
  const threads = await session.client.request({ command: "threads" });
  session.screen.show(...threadsText(threads, session.screen.colors));
}

/** Looks at the innermost call of another coroutine. */
export async function lookAtThread(session: Session, id: number): Promise<void> {
  if (await look(session, id, 1)) return showPlace(session);
  session.screen.show(`No calls of coroutine ${id} are to be seen`);
}

export async function showSources({ client, screen }: Session): Promise<void> {
  const sources = await client.request({ command: "sources" });
  screen.show(...(sources.length === 0 ? ["Nothing has been loaded"] : sources));
}
