import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Place } from "../../types.js";

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
    return readFileSync(file, "utf8")
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
  for (const [, name = "", line = ""] of text.matchAll(/^\s*(\S[^\n]*?):(\d+):/gm)) {
    const file = existing(name, loaded);
    if (file !== null) return { file, line: Number(line) };
  }
  return null;
}

function existing(name: string, loaded: readonly string[]): string | null {
  if (existsSync(name)) return name;
  const end = name.startsWith("...") ? name.slice(3) : null;
  const whole = end === null ? undefined : loaded.find((file) => file.endsWith(end) && existsSync(file));
  return whole === undefined ? null : path.relative(process.cwd(), whole);
}
