import type { Dialect } from "../../dialect.js";
import {
  BACKSLASH,
  blank,
  type Characters,
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
export function bracketLevel(source: Characters, start: number): number {
  let end = start + 1;
  while (codeAt(source, end) === EQUALS) end++;
  const level = end - start - 1;
  if (codeAt(source, end) === OPEN_BRACKET) return level;
  return level === 0 ? -1 : -2;
}

/** A long bracket of a level; a first newline is not part of it. */
export function readLong(
  source: Characters,
  start: number,
  level: number,
  { nestedBrackets }: Dialect,
): ReadString | StringFault {
  const closing = `]${"=".repeat(level)}]`;
  const begin = behindNewline(source, start + level + 2);
  const close = source.text.indexOf(closing, begin);
  if (!nestedBrackets && level === 0) {
    const nested = source.text.indexOf("[[", begin);
    if (nested !== -1 && (close === -1 || nested < close))
      return { fault: "nesting of [[...]] is deprecated", end: nested + 1, near: "[" };
  }
  if (close === -1) return { fault: "unfinished", end: source.text.length, near: null };
  const value = source.text.slice(begin, close);
  return {
    value: value.includes("\r") ? value.replace(/\r\n|\n\r|\r/g, "\n") : value,
    end: close + closing.length,
  };
}

/** The offset behind a newline, of which two different ones are one; the offset itself where there is none. */
export function behindNewline(source: Characters, offset: number): number {
  const code = codeAt(source, offset);
  if (!isNewline(code)) return offset;
  const next = codeAt(source, offset + 1);
  return isNewline(next) && next !== code ? offset + 2 : offset + 1;
}

/** What is wrong with an escape, and where its text ends. */
interface EscapeFault {
  readonly fault: string;
  readonly end: number;
}

/** A string in quotes. Messages show what it has become up to the fault. */
export function readQuoted(source: Characters, start: number, dialect: Dialect): ReadString | StringFault {
  const quote = codeAt(source, start);
  let value = "";
  for (let begin = start + 1; ; ) {
    const at = specialFrom(source, begin, quote);
    value += source.text.slice(begin, at);
    if (codeAt(source, at) === quote) return { value, end: at + 1 };
    const escaped = escapeAt(source, at, dialect);
    if ("fault" in escaped) return quoting(source, source.text.charAt(start) + value, at, escaped, dialect);
    value += escaped.value;
    begin = escaped.end;
  }
}

/** Without a backslash the string ends there, too early. */
function escapeAt(source: Characters, at: number, dialect: Dialect): ReadString | EscapeFault {
  const isEscape = codeAt(source, at) === BACKSLASH;
  return isEscape ? readEscape(source, at + 1, dialect) : { fault: "unfinished string", end: at };
}

function quoting(
  source: Characters,
  read: string,
  at: number,
  { fault, end }: EscapeFault,
  { version }: Dialect,
): StringFault {
  if (fault === "unfinished string") return { fault, end, near: end >= source.text.length ? null : read };
  if (version === "LuaJIT") return { fault: "invalid escape sequence", end, near: read };
  if (version === "5.1") return { fault, end, near: read };
  // Lua 5.2 shows the escape alone, and of a decimal one nothing behind it.
  const isDecimal = version === "5.2" && fault.startsWith("decimal");
  const shown = source.text.slice(at, isDecimal ? end - 1 : end);
  return { fault, end, near: version === "5.2" ? shown : read + shown };
}

/** The next closing quote, backslash, newline, or the end of the text. */
function specialFrom(source: Characters, start: number, quote: number): number {
  let at = start;
  for (; at < source.codes.length; at++) {
    const code = codeAt(source, at);
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
function readEscape(source: Characters, at: number, dialect: Dialect): ReadString | EscapeFault {
  const character = source.text.charAt(at);
  const code = codeAt(source, at);
  const known = simple[character];
  if (known !== undefined) return { value: known, end: at + 1 };
  if (isNewline(code)) return { value: "\n", end: behindNewline(source, at) };
  if (isA(code, digit)) return readDecimal(source, at, dialect);
  if (dialect.hexEscapes && character === "x") return readHex(source, at);
  if (dialect.hexEscapes && character === "z") return { value: "", end: behindBlanks(source, at + 1) };
  if (dialect.unicodeEscapes > 0 && character === "u") return readUnicode(source, at, dialect.unicodeEscapes);
  if (character === "") return { fault: "unfinished string", end: at };
  if (!dialect.hexEscapes) return { value: character, end: at + 1 };
  return { fault: "invalid escape sequence", end: at + 1 };
}

function readDecimal(source: Characters, at: number, { hexEscapes }: Dialect): ReadString | EscapeFault {
  let end = at;
  while (end < at + 3 && isA(codeAt(source, end), digit)) end++;
  const code = Number(source.text.slice(at, end));
  if (code > 255)
    return { fault: hexEscapes ? "decimal escape too large" : "escape sequence too large", end: end + 1 };
  return { value: String.fromCharCode(code), end };
}

function readHex(source: Characters, at: number): ReadString | EscapeFault {
  for (let end = at + 1; end < at + 3; end++) {
    if (!isA(codeAt(source, end), hexDigit)) return { fault: "hexadecimal digit expected", end: end + 1 };
  }
  return { value: String.fromCharCode(Number.parseInt(source.text.slice(at + 1, at + 3), 16)), end: at + 3 };
}

function behindBlanks(source: Characters, at: number): number {
  let end = at;
  while (isA(codeAt(source, end), blank) || isNewline(codeAt(source, end))) end++;
  return end;
}

function readUnicode(source: Characters, at: number, largest: number): ReadString | EscapeFault {
  if (codeAt(source, at + 1) !== OPEN_BRACE) return { fault: "missing '{'", end: at + 2 };
  let end = at + 2;
  let code = 0;
  for (; isA(codeAt(source, end), hexDigit); end++) {
    code = code * 16 + Number.parseInt(source.text.charAt(end), 16);
    if (code > largest) return { fault: "UTF-8 value too large", end: end + 1 };
  }
  if (end === at + 2) return { fault: "hexadecimal digit expected", end: end + 1 };
  if (codeAt(source, end) !== CLOSE_BRACE) return { fault: "missing '}'", end: end + 1 };
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
