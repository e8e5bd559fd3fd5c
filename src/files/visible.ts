import { stripVTControlCharacters } from "node:util";

/** What would move a terminal's cursor, turn its text around, or end a line for some reader; and what is no character. */
const awkward = /[\p{Cc}\p{Zl}\p{Zp}\udc80-\udcff\u202a-\u202e\u2066-\u2069]/gu;

/** A text on one line, with escapes for what a terminal must not get; what only colours it is left out. */
export function visible(text: string): string {
  return escaped(stripVTControlCharacters(text));
}

/**
 * A file's name on one line, with escapes for what a terminal must not get. Names stay different: what has an
 * escape has its backslashes doubled. Most names stay what they are.
 */
export function visibleName(name: string): string {
  return name.split("/").map(visibleStep).join("/");
}

/** A text of several lines: as it is, but for control characters other than tabs. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, "\n")
    .split("\n")
    .map((line) => line.split("\t").map(escaped).join("\t"))
    .join("\n");
}

function visibleStep(step: string): string {
  if (step.search(awkward) === -1 && !command.test(step)) return step;
  const exact = step.replaceAll("\\", "\\\\").replace(/[\u0080-\u009f]/g, byNumber);
  return escaped(exact.replace(command, code));
}

/** A text at the start of a line, so that a CI server does not take it for a command of its own: `::error::`, `##[error]`. */
export function lineStart(text: string): string {
  return text.replace(command, code);
}

const command = /^(?::(?=:)|#(?=#))/;

function escaped(text: string): string {
  return text.replace(awkward, (character) => escapes[character] ?? code(character));
}

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As Lua writes bytes and characters: `\x1b`, `\u{2028}`. A byte that is not UTF-8 is in its text a lone surrogate. */
function code(character: string): string {
  const number = character.charCodeAt(0);
  const byte = number >= 0xdc80 && number <= 0xdcff ? number - 0xdc00 : number;
  return byte <= 0xff ? `\\x${byte.toString(16).padStart(2, "0")}` : byNumber(character);
}

function byNumber(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}
