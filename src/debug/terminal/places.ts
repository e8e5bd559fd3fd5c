import path from "node:path";
import { isFile } from "../../files/files.js";
import { visible } from "../../files/visible.js";
import { counted } from "../../words.js";
import { breakpointPlace } from "../places.js";
import type { Breakpoint } from "../protocol.js";
import type { BreakpointRequest, Place } from "./commands/command.js";
import type { SourceText } from "./sources.js";
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

function ofChunk(chunk: string, { cwd }: Surroundings): { readonly file: string } | string {
  const file = path.resolve(cwd, chunk);
  return isFile(file) ? { file } : `${visible(chunk)} is text that was loaded, and no file`;
}

type Found = Pick<Breakpoint, "file" | "line" | "defined" | "entry">;

/** A line, or the next one with code, by the text of its file. A sentence where there is none. */
export function findLine(
  place: Place,
  where: Surroundings,
  textOf: (file: string) => SourceText | null,
): Found | string {
  const found = findFile(place.file, where);
  if (typeof found === "string") return found;
  const { file } = found;
  const text = textOf(file);
  if (text === null) return { file, line: place.line };
  const at = breakpointPlace(text.bytes, place.line);
  if (at !== null) return { file, ...at };
  const name = shownFile(file, where.cwd);
  const last = text.lines.length;
  return place.line > last
    ? `${name} has ${counted(last, "line")}`
    : `No code follows line ${place.line} of ${name}`;
}

/** The same points with a breakpoint; a sentence where it can be nowhere. */
export function withBreakpoint(
  points: StopPoints,
  { at, condition, after, isTemporary }: BreakpointRequest & { readonly isTemporary: boolean },
  where: Surroundings,
  textOf: (file: string) => SourceText | null,
): StopPoints | string {
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
  const found = findLine(at, where, textOf);
  if (typeof found === "string") return found;
  return { ...points, lines: [...points.lines, { ...details, ...found }], nextId };
}
