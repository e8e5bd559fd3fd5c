import path from "node:path";
import { isFile } from "../../files/files.js";
import { visible } from "../../files/visible.js";
import { counted } from "../../words.js";
import { breakpointPlace } from "../places.js";
import type { Breakpoint } from "../protocol.js";
import type { BreakpointRequest, Place } from "./commands/command.js";
import type { FoundSource, SourceText } from "./sources.js";
import { type StopPoints, shownFile } from "./stopPoints.js";

/** Where files that a user names are looked for. */
export interface Surroundings {
  /** The current folder. */
  readonly cwd: string;
  /** As chunks are named. */
  readonly program: string;
  /** Chunks that were loaded, as messages have them. */
  readonly loaded: readonly string[];
  /** The file or chunk that is shown, for a line alone; null for none. */
  readonly shown: string | null;
}

/** The path of a file that is named, or else is shown. A sentence where there is none. */
export function findFile(name: string | null, where: Surroundings): { readonly file: string } | string {
  const found = findSource(name, where);
  if (typeof found === "string" || found.isText !== true) return found;
  return `${visible(found.file)} is text that was loaded, and no file`;
}

/** The same of files and of texts that were loaded. */
export function findSource(name: string | null, where: Surroundings): FoundSource | string {
  if (name === null)
    return where.shown === null
      ? "There is no source here; name the file, as in: src/app.lua:12"
      : ofChunk(where.shown, where);
  const folders = [where.cwd, path.resolve(where.cwd, path.dirname(where.program))];
  const found = folders.map((folder) => path.resolve(folder, name)).find(isFile);
  if (found !== undefined) return { file: found };
  const chunk = where.loaded.find((each) => each === name || each.endsWith(`/${name}`));
  return chunk === undefined
    ? `There is no file "${visible(name)}", and nothing of that name has been loaded`
    : ofChunk(chunk, where);
}

function ofChunk(chunk: string, { cwd }: Surroundings): FoundSource {
  const file = path.resolve(cwd, chunk);
  return isFile(file) ? { file } : { file: chunk, isText: true };
}

type Found = Pick<Breakpoint, "file" | "isText" | "line" | "defined" | "entry">;

/** Gives the text of what was found; null where it cannot be read. */
export type TextOf = (source: FoundSource) => SourceText | null | Promise<SourceText | null>;

/** A line, or the next one with code, by the text of its file. A sentence where there is none. */
export async function findLine(place: Place, where: Surroundings, textOf: TextOf): Promise<Found | string> {
  const found = findSource(place.file, where);
  if (typeof found === "string") return found;
  const text = await textOf(found);
  if (text === null) return { ...found, line: place.line };
  const at = breakpointPlace(text.bytes, place.line);
  // No text but that of a file is changed as it is loaded.
  if (at !== null && found.isText !== true) return { ...found, ...at };
  if (at !== null)
    return { ...found, line: at.line, ...(at.defined === undefined ? {} : { defined: at.defined }) };
  const name = shownFile(found.file, where.cwd);
  const last = text.lines.length;
  return place.line > last
    ? `${name} has ${counted(last, "line")}`
    : `No code follows line ${place.line} of ${name}`;
}

/** The same points with a breakpoint; a sentence where it can be nowhere. */
export async function withBreakpoint(
  points: StopPoints,
  { at, condition, after, isTemporary }: BreakpointRequest & { readonly isTemporary: boolean },
  where: Surroundings,
  textOf: TextOf,
): Promise<StopPoints | string> {
  const details = {
    id: points.nextId,
    ...(condition === null ? {} : { condition }),
    ...(after === null ? {} : { hits: after }),
    ...(isTemporary ? { isTemporary } : {}),
  };
  const nextId = points.nextId + 1;
  if ("name" in at) {
    return { ...points, functions: [...points.functions, { ...details, name: at.name }], nextId };
  }
  const found = await findLine(at, where, textOf);
  if (typeof found === "string") return found;
  return { ...points, lines: [...points.lines, { ...details, ...found }], nextId };
}
