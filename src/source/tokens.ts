import type { Span } from "./tree.js";

/** The kinds of tokens: those that have texts of their own, then the words and signs. */
// biome-ignore format: a table
const kinds = [
  "<eof>", "<other>", "<name>", "<string>", "<number>",
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not",
  "or", "repeat", "return", "then", "true", "until", "while", "global",
  "+", "-", "*", "/", "//", "%", "^", "#", "&", "~", "|", "<<", ">>", "==", "~=", "<=", ">=", "<", ">", "=",
  "(", ")", "{", "}", "[", "]", "::", ";", ":", ",", ".", "..", "...",
] as const;

/** A word or sign, or what kind of other token it is. */
export type TokenSymbol = (typeof kinds)[number];

/** The number of a kind among all kinds. */
export type TokenKind = number;

const numbers: ReadonlyMap<TokenSymbol, TokenKind> = new Map(kinds.map((kind, number) => [kind, number]));

export function kindOf(symbol: TokenSymbol): TokenKind {
  return numbers.get(symbol) ?? 0;
}

export function symbolOf(kind: TokenKind): TokenSymbol {
  return kinds[kind] ?? "<eof>";
}

/** The tokens of a text in their order, without comments. There may be millions of them. */
export interface Tokens {
  readonly length: number;
  start(index: number): number;
  end(index: number): number;
  /** Undefined outside of the text. */
  symbol(index: number): TokenSymbol | undefined;
  /** Where the tokens of some kinds begin. */
  startsOf(...symbols: readonly TokenSymbol[]): readonly number[];
}

/** Tokens that grow while a text is read. */
export class TokenList implements Tokens {
  #starts: Uint32Array;
  #ends: Uint32Array;
  #kinds: Uint8Array;
  length = 0;

  /** For a text of so many bytes, of which a token takes about four. */
  constructor(bytes: number) {
    const size = (bytes >> 2) + 16;
    this.#starts = new Uint32Array(size);
    this.#ends = new Uint32Array(size);
    this.#kinds = new Uint8Array(size);
  }

  add(start: number, end: number, kind: TokenKind): void {
    const index = this.length++;
    if (index === this.#starts.length) this.#grow();
    this.#starts[index] = start;
    this.#ends[index] = end;
    this.#kinds[index] = kind;
  }

  start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  end(index: number): number {
    return this.#ends[index] ?? 0;
  }

  symbol(index: number): TokenSymbol | undefined {
    return index < this.length ? symbolOf(this.#kinds[index] ?? 0) : undefined;
  }

  startsOf(...symbols: readonly TokenSymbol[]): number[] {
    const isWanted = kinds.map((kind) => symbols.includes(kind));
    const starts: number[] = [];
    for (let index = 0; index < this.length; index++) {
      if (isWanted[this.#kinds[index] ?? 0] === true) starts.push(this.start(index));
    }
    return starts;
  }

  #grow(): void {
    const size = this.#starts.length * 2;
    this.#starts = enlarged(this.#starts, new Uint32Array(size));
    this.#ends = enlarged(this.#ends, new Uint32Array(size));
    this.#kinds = enlarged(this.#kinds, new Uint8Array(size));
  }
}

function enlarged<Numbers extends Uint8Array | Uint32Array>(old: Numbers, larger: Numbers): Numbers {
  larger.set(old);
  return larger;
}

/** The index of the first token that begins at or after an offset. */
export function firstTokenAt(tokens: Tokens, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.start(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first token behind an expression, its closing parentheses left aside. */
export function tokenBehind(tokens: Tokens, expression: Span): number {
  let index = firstTokenAt(tokens, expression.end);
  while (tokens.symbol(index) === ")") index++;
  return index;
}
