import type { Dialect } from "../dialect.js";
import {
  BACKSLASH,
  blank,
  CLOSE_BRACE,
  codeAt,
  digit,
  EQUALS,
  hexDigit,
  isA,
  isNewline,
  OPEN_BRACE,
  OPEN_BRACKET,
} from "./characters.js";

/** A string or a long bracket that was read; `end` is behind its last character. */
export interface ReadString {
  readonly value: string;
  readonly end: number;
}

/** What is wrong with a string, where that is, and what a message quotes, null for the end of the text. */
export interface StringFault {
  readonly fault: string;
  readonly end: number;
  readonly near: string | null;
}

/** The level of a long bracket that begins at an offset: how many `=` it has; -1 for `[` alone, -2 for `[=`. */
export function bracketLevel(text: string, start: number): number {
  let end = start + 1;
  while (codeAt(text, end) === EQUALS) end++;
  const level = end - start - 1;
  if (codeAt(text, end) === OPEN_BRACKET) return level;
  return level === 0 ? -1 : -2;
}

/** A long bracket of a level; a first newline is not part of it. */
export function readLong(
  text: string,
  start: number,
  level: number,
  { nestedBrackets }: Dialect,
): ReadString | StringFault {
  const closing = `]${"=".repeat(level)}]`;
  const begin = behindNewline(text, start + level + 2);
  const close = text.indexOf(closing, begin);
  if (!nestedBrackets && level === 0) {
    const nested = text.indexOf("[[", begin);
    if (nested !== -1 && (close === -1 || nested < close))
      return { fault: "nesting of [[...]] is deprecated", end: nested + 1, near: "[" };
  }
  if (close === -1) return { fault: "unfinished", end: text.length, near: null };
  const value = text.slice(begin, close);
  return {
    value: value.includes("\r") ? value.replace(/\r\n|\n\r|\r/g, "\n") : value,
    end: close + closing.length,
  };
}

/** The offset behind a newline, of which two different ones are one; the offset itself where there is none. */
export function behindNewline(text: string, offset: number): number {
  const code = codeAt(text, offset);
  if (!isNewline(code)) return offset;
  const next = codeAt(text, offset + 1);
  return isNewline(next) && next !== code ? offset + 2 : offset + 1;
}

/** What is wrong with an escape, and where its text ends. */
interface EscapeFault {
  readonly fault: string;
  readonly end: number;
}

/** A string in quotes. Messages show what it has become up to the fault. */
export function readQuoted(text: string, start: number, dialect: Dialect): ReadString | StringFault {
  const quote = text.charAt(start);
  const first = specialFrom(text, start + 1, quote.charCodeAt(0));
  // Most strings have no escapes.
  if (text.charAt(first) === quote) return { value: text.slice(start + 1, first), end: first + 1 };
  const pieces: string[] = [];
  for (let begin = start + 1; ; ) {
    const at = specialFrom(text, begin, quote.charCodeAt(0));
    pieces.push(text.slice(begin, at));
    if (text.charAt(at) === quote) return { value: pieces.join(""), end: at + 1 };
    const escaped = escapeAt(text, at, dialect);
    if ("fault" in escaped) return quoting(text, quote + pieces.join(""), at, escaped, dialect);
    pieces.push(escaped.value);
    begin = escaped.end;
  }
}

/** Without a backslash the string ends there, too early. */
function escapeAt(text: string, at: number, dialect: Dialect): ReadString | EscapeFault {
  const isEscape = codeAt(text, at) === BACKSLASH;
  return isEscape ? readEscape(text, at + 1, dialect) : { fault: "unfinished string", end: at };
}

function quoting(
  text: string,
  read: string,
  at: number,
  { fault, end }: EscapeFault,
  { version }: Dialect,
): StringFault {
  if (fault === "unfinished string") return { fault, end, near: end >= text.length ? null : read };
  if (version === "LuaJIT") return { fault: "invalid escape sequence", end, near: read };
  if (version === "5.1") return { fault, end, near: read };
  // Lua 5.2 shows the escape alone, and of a decimal one nothing behind it.
  const isDecimal = version === "5.2" && fault.startsWith("decimal");
  const shown = text.slice(at, isDecimal ? end - 1 : end);
  return { fault, end, near: version === "5.2" ? shown : read + shown };
}

/** The next closing quote, backslash, newline, or the end of the text. */
function specialFrom(text: string, start: number, quote: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote || code === BACKSLASH || isNewline(code)) break;
  }
  return at;
}

const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** What stands behind a backslash. */
function readEscape(text: string, at: number, dialect: Dialect): ReadString | EscapeFault {
  const character = text.charAt(at);
  const code = codeAt(text, at);
  const known = simple[character];
  if (known !== undefined) return { value: known, end: at + 1 };
  if (isNewline(code)) return { value: "\n", end: behindNewline(text, at) };
  if (isA(code, digit)) return readDecimal(text, at, dialect);
  if (dialect.hexEscapes && character === "x") return readHex(text, at);
  if (dialect.hexEscapes && character === "z") return { value: "", end: behindBlanks(text, at + 1) };
  if (dialect.unicodeEscapes > 0 && character === "u") return readUnicode(text, at, dialect.unicodeEscapes);
  if (character === "") return { fault: "unfinished string", end: at };
  if (!dialect.hexEscapes) return { value: character, end: at + 1 };
  return { fault: "invalid escape sequence", end: at + 1 };
}

function readDecimal(text: string, at: number, { hexEscapes }: Dialect): ReadString | EscapeFault {
  let end = at;
  while (end < at + 3 && isA(codeAt(text, end), digit)) end++;
  const code = Number(text.slice(at, end));
  if (code > 255)
    return { fault: hexEscapes ? "decimal escape too large" : "escape sequence too large", end: end + 1 };
  return { value: String.fromCharCode(code), end };
}

function readHex(text: string, at: number): ReadString | EscapeFault {
  for (let end = at + 1; end < at + 3; end++) {
    if (!isA(codeAt(text, end), hexDigit)) return { fault: "hexadecimal digit expected", end: end + 1 };
  }
  return { value: String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 3), 16)), end: at + 3 };
}

function behindBlanks(text: string, at: number): number {
  let end = at;
  while (isA(codeAt(text, end), blank) || isNewline(codeAt(text, end))) end++;
  return end;
}

function readUnicode(text: string, at: number, largest: number): ReadString | EscapeFault {
  if (codeAt(text, at + 1) !== OPEN_BRACE) return { fault: "missing '{'", end: at + 2 };
  let end = at + 2;
  let code = 0;
  for (; isA(codeAt(text, end), hexDigit); end++) {
    code = code * 16 + Number.parseInt(text.charAt(end), 16);
    if (code > largest) return { fault: "UTF-8 value too large", end: end + 1 };
  }
  if (end === at + 2) return { fault: "hexadecimal digit expected", end: end + 1 };
  if (codeAt(text, end) !== CLOSE_BRACE) return { fault: "missing '}'", end: end + 1 };
  return { value: utf8(code), end: end + 1 };
}

/** UTF-8 as it was before codes ended at 0x10ffff: up to six bytes. */
function utf8(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  const bytes: number[] = [];
  let rest = code;
  let first = 0x3f;
  while (rest > first) {
    bytes.unshift(0x80 | (rest & 0x3f));
    rest = Math.floor(rest / 64);
    first >>= 1;
  }
  return String.fromCharCode(((~first << 1) & 0xff) | rest, ...bytes);
}
