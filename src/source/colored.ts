import type { Syntax } from "./syntax.js";
import type { TokenSymbol } from "./tokens.js";

/** A part of a text that has a colour. */
export interface Colored {
  readonly start: number;
  readonly end: number;
  /** Keyword, literal, number, string, comment or name of a function. */
  readonly color: "k" | "l" | "d" | "s" | "c" | "f";
}

const words: readonly TokenSymbol[] = [
  ...(["and", "break", "do", "else", "elseif", "end", "for", "function", "goto", "if", "in"] as const),
  ...(["local", "not", "or", "repeat", "return", "then", "until", "while", "global"] as const),
];
const colors: ReadonlyMap<TokenSymbol, Colored["color"]> = new Map<TokenSymbol, Colored["color"]>([
  ...words.map((word) => [word, "k"] as const),
  ...(["nil", "true", "false", "..."] as const).map((word) => [word, "l"] as const),
  ["<number>", "d"],
  ["<string>", "s"],
]);

/** Words, literals and comments in the order of the text. `ofByte` gives the place of an offset, as the parts are to have it. */
export function coloredIn({ tokens, comments }: Syntax, ofByte: (offset: number) => number): Colored[] {
  const found: Colored[] = [];
  const add = (start: number, end: number, color: Colored["color"]) =>
    found.push({ start: ofByte(start), end: ofByte(end), color });
  let comment = 0;
  const addComments = (before: number) => {
    for (let next = comments[comment]; next !== undefined && next.start < before; next = comments[comment]) {
      add(next.start, next.end, "c");
      comment++;
    }
  };
  for (let index = 0; index < tokens.length; index++) {
    const symbol = tokens.symbol(index) ?? "<eof>";
    const color = colors.get(symbol) ?? (symbol === "<name>" && isCalled(tokens, index) ? "f" : undefined);
    if (color === undefined) continue;
    addComments(tokens.start(index));
    add(tokens.start(index), tokens.end(index), color);
  }
  addComments(Number.POSITIVE_INFINITY);
  return found;
}

function isCalled(tokens: Syntax["tokens"], index: number): boolean {
  return tokens.symbol(index + 1) === "(";
}
