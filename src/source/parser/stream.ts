import type { Dialect } from "../dialect.js";
import type { TokenSymbol } from "../tokens.js";
import type { Identifier } from "../tree.js";
import { endOfText, type Lexer, type Token } from "./lexer/lexer.js";
import { SyntaxProblem } from "./problem.js";

/** The token that is looked at, with the one behind it where that decides, and what a parser expects of them. */
export class TokenStream {
  readonly dialect: Dialect;
  readonly #lexer: Lexer;
  #ahead: Token | null = null;
  /** The token before the current one. */
  previous: Token;
  current: Token;

  constructor(lexer: Lexer, dialect: Dialect) {
    this.dialect = dialect;
    this.#lexer = lexer;
    this.current = lexer.next();
    this.previous = { ...this.current, end: this.current.start };
  }

  get symbol(): TokenSymbol {
    return this.current.symbol;
  }

  /** Goes on to the next token, and returns the one that was looked at. */
  next(): Token {
    this.previous = this.current;
    this.current = this.#ahead ?? this.#lexer.next();
    this.#ahead = null;
    return this.previous;
  }

  peek(): Token {
    this.#ahead ??= this.#lexer.next();
    return this.#ahead;
  }

  is(symbol: TokenSymbol): boolean {
    return this.current.symbol === symbol;
  }

  /** Goes on behind a symbol if it is there. */
  take(symbol: TokenSymbol): boolean {
    if (this.current.symbol !== symbol) return false;
    this.next();
    return true;
  }

  expect(symbol: TokenSymbol): Token {
    if (this.current.symbol !== symbol) this.#failExpected(symbol);
    return this.next();
  }

  /** The symbol that ends what `opening` began. */
  expectMatch(symbol: TokenSymbol, opening: Token): Token {
    if (this.current.symbol === symbol) return this.next();
    const { line } = opening;
    if (line === this.current.line) this.fail(`'${symbol}' expected`);
    return this.fail(`'${symbol}' expected (to close '${opening.symbol}' at line ${line})`);
  }

  isName(): boolean {
    return this.is("<name>") || (this.dialect.goto === "soft" && this.is("goto"));
  }

  name(): Identifier {
    if (!this.isName()) this.#failExpected("<name>");
    const { start, end, value } = this.next();
    return { type: "Identifier", start, end, name: value, variable: null };
  }

  /** The end of the last token: that of what has been read. */
  get end(): number {
    return this.previous.end;
  }

  /** An error at the current token. */
  fail(message: string): never {
    throw new SyntaxProblem(`${message} near ${this.#near()}`, this.current.line);
  }

  /** An error about what a text means, which shows no token; from Lua 5.5 on it is where the last one was. */
  failMeaning(message: string, given?: number): never {
    const line = given ?? (this.dialect.version === "5.5" ? this.previous.line : this.current.line);
    throw new SyntaxProblem(message, line);
  }

  #failExpected(symbol: TokenSymbol): never {
    const isQuoted = !symbol.startsWith("<") || symbol.length < 3 || quotesKinds(this.dialect);
    return this.fail(isQuoted ? `'${symbol}' expected` : `${symbol} expected`);
  }

  #near(): string {
    const { symbol, start, end } = this.current;
    if (symbol === "<eof>") return endOfText(this.dialect);
    const text = this.#lexer.text.slice(start, end);
    if (symbol === "<string>") return `'${stringText(text, this.current.value)}'`;
    return symbol === "<other>" ? characterText(text.charCodeAt(0), this.dialect) : `'${text}'`;
  }
}

/** How a message shows a string: what it has become, between the delimiters; a zero ends it. */
function stringText(text: string, value: string): string {
  const [opening = ""] = /^(\[=*\[|.)/.exec(text) ?? [];
  const [shown = ""] = `${opening}${value}`.split("\0");
  return value.includes("\0") ? shown : shown + text.slice(-opening.length);
}

/** Whether messages put quotes around the names of kinds of tokens, too. */
function quotesKinds({ version }: Dialect): boolean {
  return version === "5.1" || version === "LuaJIT";
}

/** How a message shows a character that no token begins with. */
function characterText(code: number, { version }: Dialect): string {
  if (code >= 0x20 && code < 0x7f) return `'${String.fromCharCode(code)}'`;
  if (version === "5.3" || version === "5.4" || version === "5.5") return `'<\\${code}>'`;
  if (version === "5.2") return `char(${code})`;
  return code >= 0x80 ? `'${String.fromCharCode(code)}'` : `'char(${code})'`;
}
