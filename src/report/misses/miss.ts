import type { Range } from "istanbul-lib-coverage";
import type { FileCoverageData } from "../../types.js";
import type { LuaText } from "./luaText.js";
import type { SourceText } from "./sourceText.js";

/** Where something stands in a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What never happened: where in the text, and in words. */
export interface Miss extends Place {
  readonly kind: "statement" | "function" | "branch" | "operand";
  /** As the map has it, also where the text is no longer what was measured. */
  readonly line: number;
  readonly words: string;
  /** Whether nothing in it ran. */
  readonly isDead: boolean;
}

/** A file of a map with its text. */
export interface Reader {
  readonly file: FileCoverageData;
  readonly text: SourceText;
  readonly lua: LuaText;
}

/** Where a range is in a text; one character at least, also in a text that is no longer what was measured. */
export function placeOf({ start, end }: Range, text: SourceText): Place {
  const from = text.at(start);
  const character = String.fromCodePoint(text.text.codePointAt(from) ?? 0);
  return { start: from, end: Math.max(text.at(end), Math.min(from + character.length, text.text.length)) };
}

/** For an `else` that is not written, other tools give a range without places. */
export function isRange(range: Partial<Range> | undefined): range is Range {
  return typeof range?.start?.line === "number" && typeof range.end?.line === "number";
}

const longest = 60;

/** A part of a text on one line, and not longer than fits beside the rest. */
export function quoted({ start, end }: Place, { text }: SourceText): string | null {
  const line = text.slice(start, end).replace(/\s+/g, " ").trim();
  if (line === "") return null;
  return `"${line.length <= longest ? line : `${line.slice(0, longest - 1)}…`}"`;
}
