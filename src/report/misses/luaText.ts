import { type Colored, coloredIn } from "../../source/colored.js";
import { forEachChild, parseNewest, type Syntax } from "../../source/syntax.js";
import type { Expression, Node } from "../../source/tree.js";
import type { SourceText } from "./sourceText.js";

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
export const noLua: LuaText = { colored: () => [], conditions: () => new Map() };

export function luaText(text: SourceText): LuaText {
  const parsed = parseNewest(text.bytes);
  if (!parsed.ok) return noLua;
  const { syntax } = parsed;
  let known: ReadonlyMap<number, Condition> | null = null;
  const conditions = () => {
    known ??= conditionsIn(syntax, text);
    return known;
  };
  return { colored: () => coloredIn(syntax, text.ofByte), conditions };
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
