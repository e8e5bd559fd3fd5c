import { type Directive, findDirectives, type IgnoreKind } from "../source/directives.js";
import { findFunctions } from "../source/functions.js";
import type { Positions } from "../source/positions.js";
import { childrenOf, forEachChild, type Syntax } from "../source/syntax.js";
import { firstTokenAt } from "../source/tokens.js";
import type { FunctionDeclaration, IfStatement, Node, Span, Statement } from "../source/tree.js";

/** An ignore comment with what it stands for. */
export interface Ignore {
  readonly what: IgnoreKind;
  readonly comment: Span;
  /** What begins in here is left out. */
  readonly span: Span;
  /** Whether it is a statement that only defines functions: of these it is the calls that count as having run. */
  readonly defines: boolean;
  /** The branch of an `if` or `elseif`, by where it begins, and which of its arms is left out. */
  readonly arm: { readonly clause: number; readonly index: 0 | 1 } | null;
}

/** Everything that comments of a file leave out of its coverage. */
export interface Ignores {
  readonly file: boolean;
  readonly ignores: readonly Ignore[];
  /** What begins in one of these is left out: from the line of a `disable` up to that of its `enable`. */
  readonly disabled: readonly Span[];
  /** Comments that mean nothing here, with the reason. */
  readonly mistakes: readonly { readonly comment: Span; readonly reason: string }[];
}

export function findIgnores(syntax: Syntax, positions: Positions): Ignores {
  const directives = findDirectives(syntax);
  const asked = directives.flatMap((each) =>
    each.kind === "ignore" && each.what !== "file" ? [{ what: each.what, comment: each.comment }] : [],
  );
  const places = asked.length === 0 ? null : findPlaces(syntax, positions);
  const found = asked.map((each) => ({
    ...each,
    ignore: places === null ? null : resolve(each.what, each.comment, syntax, places),
  }));
  const mistakes = [
    ...found
      .filter(({ ignore }) => ignore === null)
      .map(({ comment, what }) => ({ comment, reason: `"luacov: ignore ${what}" matches nothing` })),
    ...directives.flatMap((each) =>
      each.kind === "unknown"
        ? [{ comment: each.comment, reason: `"luacov: ${each.text}" is not known` }]
        : [],
    ),
  ];
  return {
    file: directives.some((each) => each.kind === "ignore" && each.what === "file"),
    ignores: found.flatMap(({ ignore }) => ignore ?? []),
    disabled: disabledSpans(directives, positions),
    mistakes,
  };
}

function disabledSpans(directives: readonly Directive[], positions: Positions): Span[] {
  const spans: Span[] = [];
  let start: number | null = null;
  for (const { kind, comment } of directives) {
    if (kind === "disable") start ??= positions.lineStart(comment.start);
    if (kind !== "enable" || start === null) continue;
    spans.push({ start, end: positions.lineStart(comment.start) });
    start = null;
  }
  return start === null ? spans : [...spans, { start, end: Number.POSITIVE_INFINITY }];
}

/** What comments can stand before, by where it begins. */
interface Places {
  /** The outermost one of those that begin there. */
  readonly statements: ReadonlyMap<number, Statement>;
  readonly clauses: ReadonlyMap<number, ClausePlace>;
  /** The first function on the line of an offset that begins there or behind it. */
  functionFrom(offset: number): FunctionDeclaration | undefined;
}

interface ClausePlace {
  readonly statement: IfStatement;
  readonly index: number;
}

function findPlaces(syntax: Syntax, positions: Positions): Places {
  const statements = new Map<number, Statement>();
  const clauses = new Map<number, ClausePlace>();
  const visit = (node: Node): void => {
    if (isStatement(node) && !statements.has(node.start)) statements.set(node.start, node);
    if (node.type === "IfStatement") {
      for (const [index, { start }] of node.clauses.entries()) clauses.set(start, { statement: node, index });
    }
    forEachChild(node, visit);
  };
  for (const statement of syntax.body) visit(statement);
  const functions = findFunctions(syntax).map(({ node }) => node);
  const lineOf = (offset: number) => positions.at(offset).line;
  return {
    statements,
    clauses,
    functionFrom: (offset) => {
      const next = functions[firstFrom(functions, offset)];
      return next !== undefined && lineOf(next.start) === lineOf(offset) ? next : undefined;
    },
  };
}

/** What an ignore comment stands for: it has to be right before it. */
function resolve(
  what: Exclude<IgnoreKind, "file">,
  comment: Span,
  { tokens }: Syntax,
  places: Places,
): Ignore | null {
  const next = firstTokenAt(tokens, comment.end);
  if (next === tokens.length) return null;
  const start = tokens.start(next);
  if (what === "if" || what === "else") {
    const clause = places.clauses.get(start);
    return clause === undefined ? null : resolveArm(what, comment, clause);
  }
  const span = what === "function" ? places.functionFrom(start) : places.statements.get(start);
  if (span === undefined) return null;
  return { what, comment, span, defines: definesFunctions(span), arm: null };
}

/** A definition runs when the file is loaded, whoever calls the function: `M.f = function() end`, `return { f = … }`. */
function definesFunctions(statement: Statement): boolean {
  switch (statement.type) {
    case "FunctionDeclaration":
      return true;
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      return areFunctions(statement.init);
    case "ReturnStatement":
      return areFunctions(statement.arguments);
    default:
      return false;
  }
}

/** Functions, also in tables and behind `or`, with nothing beside them that would call anything. */
function areFunctions(values: readonly Node[]): boolean {
  return values.every(isQuiet) && values.some(holdsFunction);
}

const quiet: readonly Node["type"][] = [
  ...(["Identifier", "SuffixedExpression", "MemberSuffix", "IndexSuffix", "LogicalExpression"] as const),
  ...(["TableConstructor", "TableKey", "TableKeyString", "TableValue"] as const),
];

function isQuiet(node: Node): boolean {
  if (node.type === "FunctionDeclaration" || node.type.endsWith("Literal")) return true;
  return quiet.includes(node.type) && childrenOf(node).every(isQuiet);
}

function holdsFunction(node: Node): boolean {
  return node.type === "FunctionDeclaration" || childrenOf(node).some(holdsFunction);
}

function isStatement(node: Node): node is Statement {
  return (
    (node.type.endsWith("Statement") && node.type !== "LabelStatement") || node.type === "FunctionDeclaration"
  );
}

/** A comment before an `else` means the arm of the clause before it. */
function resolveArm(what: "if" | "else", comment: Span, { statement, index }: ClausePlace): Ignore | null {
  const { clauses } = statement;
  const at = what === "else" && clauses[index]?.type === "ElseClause" ? index - 1 : index;
  const clause = clauses[at];
  const last = clauses.at(-1);
  if (clause === undefined || last === undefined || clause.type === "ElseClause") return null;
  const split = clauses[at + 1]?.start ?? last.end;
  const span = what === "if" ? { start: clause.condition.end, end: split } : { start: split, end: last.end };
  const arm = { clause: clause.start, index: what === "if" ? 0 : 1 } as const;
  return { what, comment, span, defines: false, arm };
}

/** The index of the first function that begins at or behind an offset. */
function firstFrom(functions: readonly FunctionDeclaration[], offset: number): number {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
