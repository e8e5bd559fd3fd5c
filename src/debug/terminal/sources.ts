import path from "node:path";
import { readContent } from "../../files/files.js";
import { encodeName } from "../../files/names.js";
import { type Colored, coloredIn } from "../../source/colored.js";
import { parseNewest } from "../../source/syntax.js";
import type { DebugClient } from "../client.js";
import type { Breakpoint, Frame } from "../protocol.js";

/** The text of a chunk: its lines, and their coloured parts. All are bytes, one to a character. */
export interface SourceText {
  readonly bytes: Uint8Array;
  readonly lines: readonly SourceLine[];
}

export interface SourceLine {
  readonly text: string;
  /** Within the line. */
  readonly colored: readonly Colored[];
}

/** A file by its path, or with `isText` a text that was loaded, by the name that messages have. */
export type FoundSource = Pick<Breakpoint, "file" | "isText">;

/** The texts of a program's chunks, each read once. */
export interface Sources {
  /** Of a file, by its path; null where it cannot be read. */
  ofFile(file: string): SourceText | null;
  /** Of a file, or of a text that was loaded. */
  ofFound(found: FoundSource): Promise<SourceText | null>;
  /** Of the chunk of a frame; null for C, and where nothing of it can be had. */
  ofFrame(frame: Pick<Frame, "file" | "source" | "isC">): Promise<SourceText | null>;
}

/** `cwd` is where relative names of chunks begin. */
export function createSources(client: Pick<DebugClient, "request">, cwd: string): Sources {
  const known = new Map<string, SourceText | null>();
  const ofFile = (file: string) => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const read = fileText(path.resolve(cwd, file));
    known.set(file, read);
    return read;
  };
  const ofChunk = async (source: string) => {
    const text = await client.request({ command: "text", source });
    return text === null ? null : sourceText(encodeName(text));
  };
  return {
    ofFile,
    ofFound: async ({ file, isText }) => (isText === true ? ofChunk(file) : ofFile(file)),
    ofFrame: async ({ file, source, isC }) => {
      if (isC) return null;
      return file === null ? ofChunk(source) : ofFile(file);
    },
  };
}

/** Null for what cannot be read. */
export function fileText(file: string): SourceText | null {
  try {
    return sourceText(readContent(file));
  } catch {
    return null;
  }
}

/** Lines end where Lua ends them. */
export function sourceText(bytes: Uint8Array): SourceText {
  const text = Buffer.from(bytes).toString("latin1");
  const parsed = parseNewest(bytes);
  const colored = parsed.ok ? coloredIn(parsed.syntax, (offset) => offset) : [];
  const lines: SourceLine[] = [];
  let start = 0;
  let next = 0;
  const add = (end: number) => {
    while ((colored[next]?.end ?? end) < start) next++;
    lines.push({ text: text.slice(start, end), colored: within(colored, next, start, end) });
  };
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n\r|\n|\r/g)) {
    add(index);
    start = index + lineEnd.length;
  }
  if (start < text.length) add(text.length);
  return { bytes, lines };
}

/** The parts from an index on that lie in a line; long strings and comments reach over several. */
function within(colored: readonly Colored[], first: number, start: number, end: number): Colored[] {
  const found: Colored[] = [];
  for (let index = first; index < colored.length; index++) {
    const part = colored[index];
    if (part === undefined || part.start >= end) break;
    const from = Math.max(part.start, start) - start;
    const to = Math.min(part.end, end) - start;
    if (from < to) found.push({ start: from, end: to, color: part.color });
  }
  return found;
}
