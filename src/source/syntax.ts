import { dialects, type LuaVersion, newestFirst } from "./dialect.js";
import { Parser } from "./parser/parser.js";
import { SyntaxProblem } from "./parser/problem.js";
import { TokenList, type Tokens } from "./tokens.js";
import type { BreakStatement, Clause, GotoStatement, LabelStatement, Node, Span, Statement } from "./tree.js";

/** A parsed Lua text. Positions are byte offsets. */
export interface Syntax {
  readonly version: LuaVersion;
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
  readonly tokens: Tokens;
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
  const tokens = new TokenList();
  const comments: Span[] = [];
  try {
    const body = new Parser(text, dialects[version], tokens, comments).parse();
    const slice = ({ start, end }: Span) => text.slice(start, end);
    return { ok: true, syntax: { version, body, comments, tokens, text: slice } };
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
  switch (node.type) {
    case "Identifier":
    case "NilLiteral":
    case "BooleanLiteral":
    case "NumericLiteral":
    case "StringLiteral":
    case "VarargLiteral":
    case "BreakStatement":
      return [];
    case "GotoStatement":
    case "LabelStatement":
      return [node.label];
    case "UnaryExpression":
      return [node.argument];
    case "BinaryExpression":
    case "LogicalExpression":
      return node.operands;
    case "SuffixedExpression":
      return [node.base, ...node.suffixes];
    case "MemberSuffix":
      return [node.identifier];
    case "IndexSuffix":
      return [node.index];
    case "CallSuffix":
      return node.method === null ? node.arguments : [node.method, ...node.arguments];
    case "TableConstructor":
      return node.fields;
    case "TableValue":
      return [node.value];
    case "TableKey":
    case "TableKeyString":
      return [node.key, node.value];
    default:
      return statementChildren(node);
  }
}

type StatementNode = Exclude<Statement, BreakStatement | GotoStatement | LabelStatement> | Clause;

function statementChildren(node: StatementNode): readonly Node[] {
  switch (node.type) {
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      return [...node.variables, ...node.init];
    case "CallStatement":
      return [node.expression];
    case "ReturnStatement":
      return node.arguments;
    case "IfStatement":
      return node.clauses;
    case "IfClause":
    case "WhileStatement":
      return [node.condition, ...node.body];
    case "RepeatStatement":
      return [...node.body, node.condition];
    case "ForNumericStatement":
      return [node.variable, node.from, node.limit, ...(node.step === null ? [] : [node.step]), ...node.body];
    case "ForGenericStatement":
      return [...node.variables, ...node.iterators, ...node.body];
    case "FunctionDeclaration":
      return [...(node.identifier?.names ?? []), ...node.parameters, ...node.body];
    case "ElseClause":
    case "DoStatement":
      return node.body;
  }
}
