import { forEachChild, parseNewest, type Syntax } from "../../source/syntax.js";
import type { TokenSymbol } from "../../source/tokens.js";
import type { Expression, Node } from "../../source/tree.js";
import type { SourceText } from "./sourceText.js";

/** A part of a text that has a colour. */
export interface Colored {
  readonly start: number;
  readonly end: number;
  /** The class of its element: keyword, literal, number, string, comment or name of a function. */
  readonly color: "k" | "l" | "d" | "s" | "c" | "f";
}

/** The condition of a clause or loop. */
export interface Condition {
  readonly kind: "if" | "while" | "repeat";
  readonly start: number;
  readonly end: number;
}

/** What a Lua text says of itself. */
export interface LuaText {
  /** Words, literals and comments in the order of the text. */
  colored(): readonly Colored[];
  /** The conditions by the place where their clause or loop begins. */
  conditions(): ReadonlyMap<number, Condition>;
}

/** Nothing is known of a text that no Lua reads. */
export function luaText(text: SourceText): LuaText {
  const parsed = parseNewest(text.bytes);
  if (!parsed.ok) return { colored: () => [], conditions: () => new Map() };
  const { syntax } = parsed;
  let known: ReadonlyMap<number, Condition> | null = null;
  const conditions = () => {
    known ??= conditionsIn(syntax, text);
    return known;
  };
  return { colored: () => coloredIn(syntax, text), conditions };
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

function coloredIn({ tokens, comments }: Syntax, { ofByte }: SourceText): Colored[] {
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

function conditionsIn(syntax: Syntax, { ofByte }: SourceText): Map<number, Condition> {
  const found = new Map<number, Condition>();
  const add = (node: Node, kind: Condition["kind"], { start, end }: Expression) =>
    found.set(ofByte(node.start), { kind, start: ofByte(start), end: ofByte(end) });
  const visit = (node: Node): void => {
    if (node.type === "IfClause") add(node, "if", node.condition);
    else if (node.type === "WhileStatement") add(node, "while", node.condition);
    else if (node.type === "RepeatStatement") add(node, "repeat", node.condition);
    forEachChild(node, visit);
  };
  for (const statement of syntax.body) visit(statement);
  return found;
}
