import luaparse, { type Node, type Statement } from "luaparse";

/** Where something begins and ends, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type FunctionNode = Extract<Node, { type: "FunctionDeclaration" }>;
export type IfNode = Extract<Node, { type: "IfStatement" }>;
export type Clause = IfNode["clauses"][number];
export type ForNode = Extract<Statement, { type: "ForNumericStatement" | "ForGenericStatement" }>;
export type LoopNode = Extract<Statement, { type: "WhileStatement" | "RepeatStatement" }> | ForNode;

/** The text of a Lua file, a character for each byte, with spaces for what Lua skips at a file's start. */
export function textOf(source: Uint8Array): string {
  const spaces = (skipped: string) => " ".repeat(skipped.length);
  const text = Buffer.from(source).toString("latin1");
  return text.replace(/^\xef\xbb\xbf/, spaces).replace(/^( {3})?#[^\n]*/, spaces);
}

export function parseText(text: string): readonly Statement[] {
  const options = { luaVersion: "5.3", encodingMode: "pseudo-latin1", ranges: true } as const;
  return luaparse.parse(text, { ...options, comments: false }).body;
}

/** Where a node lies in the text. The parser's types do not know the ranges that it was asked for. */
export function spanOf(node: Node): Span {
  const { range } = node as Node & { range: [number, number] };
  return { start: range[0], end: range[1] };
}

/** The expressions and fields directly below a node, its blocks aside. */
export function valuesIn(node: Node): Node[] {
  const entries: [string, unknown][] = Object.entries(node);
  return entries.flatMap(([key, value]) => (key === "body" || key === "clauses" ? [] : value)).filter(isNode);
}

export function isLoop(statement: Statement): statement is LoopNode {
  return "body" in statement && statement.type !== "DoStatement" && statement.type !== "FunctionDeclaration";
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}
