import type { Dialect } from "../../dialect.js";
import { kindOf, symbolOf, type TokenKind, type TokenList, type TokenSymbol } from "../../tokens.js";
import type { Span } from "../../tree.js";
import { SyntaxProblem } from "../problem.js";
import {
  blank,
  type Characters,
  codeAt,
  DOT,
  digit,
  HASH,
  isA,
  isNewline,
  letter,
  MINUS,
  NEWLINE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  wide,
} from "./characters.js";
import { hashed, isAt, NameTable } from "./nameTable.js";
import { isNumeral, numeralEnd } from "./numerals.js";
import { behindNewline, bracketLevel, readLong, readQuoted, type StringFault } from "./strings.js";

const eof = kindOf("<eof>");
const other = kindOf("<other>");
const string = kindOf("<string>");
const number = kindOf("<number>");
const APOSTROPHE = 39;
const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** A token as the parser sees it; `value` is a name or the content of a string. */
export interface Token extends Span {
  readonly symbol: TokenSymbol;
  readonly line: number;
  readonly value: string;
}

const words = [
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or",
  "repeat", "return", "then", "true", "until", "while",
] as const; // biome-ignore format: a table

const signs = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "#",
  "==",
  "~=",
  "<=",
  ">=",
  "<",
  ">",
  "=",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
] as const;
const bitSigns = ["//", "&", "|", "~", "<<", ">>"] as const;
const marks = [";", ":", ",", ".", "..", "..."] as const;

/** Reads tokens from a text with a character for each byte. */
export class Lexer {
  readonly text: string;
  readonly #source: Characters;
  readonly #dialect: Dialect;
  readonly #tokens: TokenList;
  readonly #comments: Span[];
  readonly #names: NameTable;
  readonly #letters: number;
  /** By their first character, the longest first. */
  readonly #signs: readonly (readonly Sign[])[];
  #at: number;
  #line = 1;

  constructor(source: Characters, dialect: Dialect, tokens: TokenList, comments: Span[]) {
    this.text = source.text;
    this.#source = source;
    this.#dialect = dialect;
    this.#tokens = tokens;
    this.#comments = comments;
    this.#letters = dialect.wideNames ? letter | wide : letter;
    const hasLabels = dialect.goto !== "none";
    this.#names = new NameTable([...words, ...(hasLabels ? (["goto"] as const) : [])]);
    const more = [...(dialect.bitOperators ? bitSigns : []), ...(hasLabels ? (["::"] as const) : [])];
    this.#signs = byFirst([...signs, ...marks, ...more]);
    this.#at = this.#behindFirstLine();
  }

  /** The next token. Throws a SyntaxProblem. */
  next(): Token {
    this.#skip();
    return this.#read(this.#at);
  }

  /** What Lua skips at the start of a file: a byte order mark, and a first line with "#". */
  #behindFirstLine(): number {
    const { text } = this;
    const start = this.#dialect.byteOrderMark && text.startsWith(BYTE_ORDER_MARK) ? 3 : 0;
    if (codeAt(this.#source, start) !== HASH) return start;
    const end = text.indexOf("\n", start);
    return end === -1 ? text.length : end;
  }

  /** White space and comments. */
  #skip(): void {
    const source = this.#source;
    let at = this.#at;
    for (;;) {
      const code = codeAt(source, at);
      if (isA(code, blank)) at++;
      else if (isNewline(code)) {
        at = behindNewline(source, at);
        this.#line++;
      } else if (code === MINUS && codeAt(source, at + 1) === MINUS) at = this.#commentEnd(at);
      else break;
    }
    this.#at = at;
  }

  #commentEnd(start: number): number {
    const source = this.#source;
    const level = codeAt(source, start + 2) === OPEN_BRACKET ? bracketLevel(source, start + 2) : -1;
    const end = level >= 0 ? this.#readLong(start + 2, level, "comment").end : lineEnd(source, start);
    this.#comments.push({ start, end });
    return end;
  }

  #read(start: number): Token {
    const source = this.#source;
    const code = codeAt(source, start);
    if (isA(code, this.#letters)) return this.#name(start);
    if (isA(code, digit) || (code === DOT && isA(codeAt(source, start + 1), digit)))
      return this.#number(start);
    if (code === QUOTE || code === APOSTROPHE) return this.#quoted(start);
    if (code === OPEN_BRACKET) {
      const level = bracketLevel(source, start);
      if (level >= 0) return this.#long(start, level);
      if (level === -2) this.#failAt("invalid long string delimiter", this.#bracketText(start));
    }
    if (start >= this.text.length) return this.#token(eof, start, start);
    return this.#sign(start);
  }

  #name(start: number): Token {
    const source = this.#source;
    const parts = this.#letters | digit;
    let end = start;
    let hash = 0;
    for (let code = codeAt(source, end); isA(code, parts); code = codeAt(source, end)) {
      hash = hashed(hash, code);
      end++;
    }
    const { kind, name } = this.#names.find(source, start, end, hash);
    return this.#token(kind, start, end, name);
  }

  #number(start: number): Token {
    const end = numeralEnd(this.#source, start, this.#dialect);
    const numeral = this.text.slice(start, end);
    if (!isNumeral(numeral, this.#dialect)) this.#failAt("malformed number", numeral);
    return this.#token(number, start, end);
  }

  #quoted(start: number): Token {
    const read = readQuoted(this.#source, start, this.#dialect);
    this.#line += newlines(this.#source, start, read.end);
    if ("fault" in read) return this.#fail(read);
    return this.#token(string, start, read.end, read.value);
  }

  #long(start: number, level: number): Token {
    const { value, end } = this.#readLong(start, level, "string");
    return this.#token(string, start, end, value);
  }

  #readLong(start: number, level: number, what: "string" | "comment") {
    const first = this.#line;
    const read = readLong(this.#source, start, level, this.#dialect);
    this.#line += newlines(this.#source, start, read.end);
    if (!("fault" in read)) return read;
    if (read.near !== null) return this.#fail(read);
    const since =
      this.#dialect.unicodeEscapes > 0 && this.#dialect.version !== "LuaJIT"
        ? ` (starting at line ${first})`
        : "";
    return this.#fail({ ...read, fault: `unfinished long ${what}${since}` });
  }

  #sign(start: number): Token {
    const source = this.#source;
    for (const { kind, symbol } of this.#signs[codeAt(source, start)] ?? noSigns) {
      if (isAt(source, start, symbol)) {
        return this.#token(kind, start, start + symbol.length);
      }
    }
    return this.#token(other, start, start + 1);
  }

  /** Goes on behind a token. */
  #token(kind: TokenKind, start: number, end: number, value = ""): Token {
    this.#at = end;
    if (kind !== eof) this.#tokens.add(start, end, kind);
    return { symbol: symbolOf(kind), start, end, line: this.#line, value };
  }

  #bracketText(start: number): string {
    return /^\[=*/.exec(this.text.slice(start))?.[0] ?? "[";
  }

  #fail({ fault, near }: StringFault): never {
    if (near === null) throw new SyntaxProblem(`${fault} near ${endOfText(this.#dialect)}`, this.#line);
    return this.#failAt(fault, near);
  }

  /** A zero ends what is quoted. */
  #failAt(message: string, near: string): never {
    const [shown = ""] = near.split("\0");
    throw new SyntaxProblem(`${message} near '${shown}'`, this.#line);
  }
}

/** How a message names the end of the text. */
export function endOfText({ version }: Dialect): string {
  return version === "5.1" || version === "LuaJIT" ? "'<eof>'" : "<eof>";
}

interface Sign {
  readonly symbol: TokenSymbol;
  readonly kind: TokenKind;
}

const noSigns: readonly Sign[] = [];

function byFirst(symbols: readonly TokenSymbol[]): Sign[][] {
  const table: Sign[][] = [];
  for (const symbol of symbols.toSorted((a, b) => b.length - a.length)) {
    const code = symbol.charCodeAt(0);
    table[code] = [...(table[code] ?? []), { symbol, kind: kindOf(symbol) }];
  }
  return table;
}

function lineEnd(source: Characters, start: number): number {
  let end = start;
  while (end < source.codes.length && !isNewline(codeAt(source, end))) end++;
  return end;
}

/** The lines that end between two offsets. */
function newlines(source: Characters, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; ) {
    const code = codeAt(source, at);
    if (code === NEWLINE || code === RETURN) {
      count++;
      at = behindNewline(source, at);
    } else at++;
  }
  return count;
}
