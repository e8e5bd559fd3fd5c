import { dialects, type LuaVersion, newestFirst } from "./dialect.js";
import { Parser } from "./parser/parser.js";
import { SyntaxProblem } from "./parser/problem.js";
import { TokenList, type Tokens } from "./tokens.js";
import type {
  BreakStatement,
  Clause,
  FunctionNeeds,
  GotoStatement,
  LabelStatement,
  Node,
  Span,
  Statement,
} from "./tree.js";

/** A parsed Lua text. Positions are byte offsets. */
export interface Syntax {
  readonly version: LuaVersion;
  readonly body: readonly Statement[];
  /** Those of the main function. */
  readonly needs: FunctionNeeds;
  readonly comments: readonly Span[];
  readonly tokens: Tokens;
  /** How many levels of statements and operands stand in each other; no Lua reads more than 200. */
  readonly levels: number;
  /** What stands between two offsets, a character for each byte. */
  text(span: Span): string;
}

export type Parsed =
  | { readonly ok: true; readonly syntax: Syntax }
  /** `message` is what the Lua of that version says of `line`, as in `'=' expected near 'x'`. */
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Parses a text as the Lua of a version does. Bytes are taken for characters one by one: every position is an offset. */
export function parse(source: Uint8Array, version: LuaVersion): Parsed {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");
  const tokens = new TokenList(source.length);
  const comments: Span[] = [];
  try {
    const parser = new Parser({ text, codes: source }, dialects[version], tokens, comments);
    const main = parser.parse();
    const slice = ({ start, end }: Span) => text.slice(start, end);
    return { ok: true, syntax: { version, ...main, comments, tokens, levels: parser.levels, text: slice } };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { ok: false, line: error.line, message: error.message };
    throw error;
  }
}

/** Parses a text as the newest Lua that reads it; what the newest of all says where none does. */
export function parseNewest(source: Uint8Array): Parsed {
  const [newest, ...others] = newestFirst;
  const first = parse(source, newest);
  if (first.ok) return first;
  for (const version of others) {
    const parsed = parse(source, version);
    if (parsed.ok) return parsed;
  }
  return first;
}

/** The nodes directly below a node, in the order of the source. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  forEachChild(node, (child) => children.push(child));
  return children;
}

/** Visits the nodes directly below a node, in the order of the source. There may be millions of nodes. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  switch (node.type) {
    case "Identifier":
    case "NilLiteral":
    case "BooleanLiteral":
    case "NumericLiteral":
    case "StringLiteral":
    case "VarargLiteral":
    case "BreakStatement":
      return;
    case "GotoStatement":
    case "LabelStatement":
      visit(node.label);
      return;
    case "UnaryExpression":
      visit(node.argument);
      return;
    case "BinaryExpression":
    case "LogicalExpression":
      each(node.operands, visit);
      return;
    case "SuffixedExpression":
      visit(node.base);
      each(node.suffixes, visit);
      return;
    case "MemberSuffix":
      visit(node.identifier);
      return;
    case "IndexSuffix":
      visit(node.index);
      return;
    case "CallSuffix":
      if (node.method !== null) visit(node.method);
      each(node.arguments, visit);
      return;
    case "TableConstructor":
      each(node.fields, visit);
      return;
    case "TableValue":
      visit(node.value);
      return;
    case "TableKey":
    case "TableKeyString":
      visit(node.key);
      visit(node.value);
      return;
    default:
      forEachInStatement(node, visit);
  }
}

type StatementNode = Exclude<Statement, BreakStatement | GotoStatement | LabelStatement> | Clause;

function forEachInStatement(node: StatementNode, visit: (child: Node) => void): void {
  switch (node.type) {
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      each(node.variables, visit);
      each(node.init, visit);
      return;
    case "CallStatement":
      visit(node.expression);
      return;
    case "ReturnStatement":
      each(node.arguments, visit);
      return;
    case "IfStatement":
      each(node.clauses, visit);
      return;
    case "IfClause":
    case "WhileStatement":
      visit(node.condition);
      each(node.body, visit);
      return;
    case "RepeatStatement":
      each(node.body, visit);
      visit(node.condition);
      return;
    case "ForNumericStatement":
      for (const child of [node.variable, node.from, node.limit]) visit(child);
      if (node.step !== null) visit(node.step);
      each(node.body, visit);
      return;
    case "ForGenericStatement":
      each(node.variables, visit);
      each(node.iterators, visit);
      each(node.body, visit);
      return;
    case "FunctionDeclaration":
      if (node.identifier !== null) each(node.identifier.names, visit);
      each(node.parameters, visit);
      each(node.body, visit);
      return;
    case "ElseClause":
    case "DoStatement":
      each(node.body, visit);
      return;
  }
}

function each(nodes: readonly Node[], visit: (child: Node) => void): void {
  for (const node of nodes) visit(node);
}
