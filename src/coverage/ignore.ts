import { type Directive, findDirectives, type IgnoreKind } from "../source/directives.js";
import { findFunctions } from "../source/functions.js";
import type { Positions } from "../source/positions.js";
import type { Clause } from "../source/structure.js";
import { childrenOf, type Node, type Span, type Statement, type Syntax, spanOf } from "../source/syntax.js";
import { firstTokenAt } from "../source/tokens.js";

/** An ignore comment with what it stands for. */
export interface Ignore {
  readonly what: IgnoreKind;
  readonly comment: Span;
  /** What begins in here is left out. */
  readonly span: Span;
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

export const noIgnores: Ignores = { file: false, ignores: [], disabled: [], mistakes: [] };

export function findIgnores(syntax: Syntax, positions: Positions): Ignores {
  const directives = findDirectives(syntax.comments);
  const asked = directives.flatMap((each) =>
    each.kind === "ignore" && each.what !== "file" ? [{ what: each.what, comment: each.comment }] : [],
  );
  const found = asked.map((each) => ({
    ...each,
    ignore: resolve(each.what, each.comment, syntax, positions),
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

/** What an ignore comment stands for: it has to be right before it. */
function resolve(
  what: Exclude<IgnoreKind, "file">,
  comment: Span,
  syntax: Syntax,
  positions: Positions,
): Ignore | null {
  const next = syntax.tokens[firstTokenAt(syntax.tokens, comment.end)];
  if (next === undefined) return null;
  if (what === "function") {
    const line = positions.at(next.start).line;
    const span = findFunctions(syntax.body)
      .map(({ node }) => spanOf(node))
      .find(({ start }) => start >= next.start && positions.at(start).line === line);
    return span === undefined ? null : { what, comment, span, arm: null };
  }
  if (what === "next") {
    const statement = nodeAt(syntax.body, next.start, isStatement);
    return statement === null ? null : { what, comment, span: spanOf(statement), arm: null };
  }
  const clause = nodeAt(syntax.body, next.start, isClause);
  return clause === null ? null : resolveArm(what, comment, clause, syntax);
}

/** The outermost node of a kind that begins at an offset. */
function nodeAt<Wanted extends Node>(
  nodes: readonly Node[],
  offset: number,
  isWanted: (node: Node) => node is Wanted,
): Wanted | null {
  for (const node of nodes) {
    const { start, end } = spanOf(node);
    if (offset < start || offset >= end) continue;
    return start === offset && isWanted(node) ? node : nodeAt(childrenOf(node), offset, isWanted);
  }
  return null;
}

function isStatement(node: Node): node is Statement {
  return (
    (node.type.endsWith("Statement") && node.type !== "LabelStatement") || node.type === "FunctionDeclaration"
  );
}

function isClause(node: Node): node is Clause {
  return node.type === "IfClause" || node.type === "ElseifClause" || node.type === "ElseClause";
}

/** A comment before an `else` means the arm of the clause before it. */
function resolveArm(what: "if" | "else", comment: Span, node: Clause, syntax: Syntax): Ignore | null {
  const clauses = clausesWith(syntax.body, node);
  const own = clauses.indexOf(node);
  const at = what === "else" && node.type === "ElseClause" ? own - 1 : own;
  const clause = clauses[at];
  const last = clauses.at(-1);
  if (clause === undefined || last === undefined || clause.type === "ElseClause") return null;
  const following = clauses[at + 1];
  const split = following === undefined ? spanOf(last).end : spanOf(following).start;
  const span =
    what === "if"
      ? { start: spanOf(clause.condition).end, end: split }
      : { start: split, end: spanOf(last).end };
  return { what, comment, span, arm: { clause: spanOf(clause).start, index: what === "if" ? 0 : 1 } };
}

/** All clauses of the `if` that a clause belongs to. */
function clausesWith(nodes: readonly Node[], clause: Clause): readonly Clause[] {
  const { start } = spanOf(clause);
  const around = nodes.find((node) => spanOf(node).start <= start && start < spanOf(node).end);
  if (around === undefined) return [];
  if (around.type === "IfStatement" && around.clauses.includes(clause)) return around.clauses;
  return clausesWith(childrenOf(around), clause);
}
