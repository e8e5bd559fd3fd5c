import path from "node:path";
import { currentFolder, isFile, readContent } from "../../../files/files.js";
import { encodeName } from "../../../files/names.js";
import type { Place } from "../../../types.js";

const around = 2;

/** The lines around a place, numbered, its own marked with ">"; empty when the file cannot be read. */
export function excerpt({ file, line }: Place): string {
  const lines = linesOf(file);
  if (line < 1 || line > lines.length) return "";
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const width = String(last).length;
  const numbered = lines.slice(first - 1, last).map((text, index) => {
    const number = first + index;
    return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`.trimEnd();
  });
  return numbered.join("\n");
}

function linesOf(file: string): readonly string[] {
  try {
    return readContent(file)
      .toString("utf8")
      .replace(/\r?\n$/, "")
      .split(/\r?\n/);
  } catch {
    return [];
  }
}

/**
 * The first place that a message or a traceback names and that is a file. Lua cuts long names from the left
 * ("...folder/file.lua:3:"); such a name stands for the one of the loaded files that ends with it.
 */
export function placeIn(text: string, loaded: readonly string[]): Place | null {
  const own = placeWithLineEnd(text, loaded);
  if (own !== null) return own;
  for (const [, name = "", line = ""] of text.matchAll(/^\s*(\S[^\n]*?):(\d+):/gm)) {
    const file = existing(name, loaded);
    if (file !== null) return { file, line: Number(line) };
  }
  return null;
}

/** A name with a line's end in it cannot be told from two lines, but by itself. */
function placeWithLineEnd(text: string, loaded: readonly string[]): Place | null {
  const names = loaded.filter((file) => file.includes("\n"));
  for (const name of names.flatMap((file) => [file, path.relative(currentFolder(), file)])) {
    const line = text.startsWith(name) ? /^:(\d+):/.exec(text.slice(name.length)) : null;
    if (line !== null) return { file: name, line: Number(line[1]) };
  }
  return null;
}

/** The file that Lua means by a name, which it may have cut; null for none. */
export function existing(name: string, loaded: readonly string[]): string | null {
  if (isFile(name)) return name;
  if (!name.startsWith("...")) return null;
  const end = encodeName(name.slice(3));
  const whole = loaded.find((file) => endsWith(encodeName(file), end) && isFile(file));
  return whole === undefined ? null : path.relative(currentFolder(), whole);
}

/** In bytes: Lua may have cut a character in two. */
function endsWith(bytes: Buffer, end: Buffer): boolean {
  return bytes.length >= end.length && bytes.subarray(bytes.length - end.length).equals(end);
}
