import { type Tokens, tokenBehind } from "../source/tokens.js";
import type { Clause, Expression, LoopStatement, Span, Statement } from "../source/tree.js";
import { type Condition, constantOf, type Leaf, leavesOf, type Verdicts } from "./bytecode/conditions.js";
import { conditionVerdicts, forEdges } from "./bytecode/decisions.js";
import type { Tally } from "./bytecode/tally.js";
import type { Count } from "./count.js";

/** A branch of Istanbul's map: the ways on from one place, with the count of each. */
export interface BranchSite {
  readonly type: "if" | "binary-expr" | "loop";
  readonly span: Span;
  readonly arms: readonly Arm[];
  /** For the operands of an and/or: how often each was true; those from the first one on whose truth nobody tests are missing. */
  readonly truthy: readonly number[];
}

export interface Arm {
  readonly span: Span;
  readonly count: number;
}

/** The branches of one function in the order of the source. One that cannot be counted exactly is left out. */
export function findBranches(tally: Tally, tokens: Tokens): BranchSite[] {
  const { fn, structure } = tally;
  const { conditions } = fn;
  if (conditions === null) return [];
  const found: BranchSite[] = [];
  for (const statement of structure.places.keys()) found.push(...statementBranches(statement));
  for (const [expression, condition] of conditions) found.push(...operandBranch(expression, condition));
  return found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);

  function statementBranches(statement: Statement): BranchSite[] {
    switch (statement.type) {
      case "IfStatement":
        return statement.clauses.flatMap((clause, index) =>
          clauseBranch(clause, statement.clauses[index + 1], statement),
        );
      case "WhileStatement":
      case "RepeatStatement":
      case "ForNumericStatement":
      case "ForGenericStatement":
        return loopBranch(statement);
      default:
        return none;
    }
  }

  function clauseBranch(clause: Clause, following: Clause | undefined, statement: Statement): BranchSite[] {
    if (clause.type === "ElseClause") return [];
    const verdicts = decided(clause.condition);
    if (verdicts === null) return [];
    const span = following === undefined ? { start: clause.start, end: statement.end } : clause;
    const otherwise = following === undefined ? span : following;
    return branch("if", span, [
      { span, count: verdicts.truthy },
      { span: otherwise, count: verdicts.falsy },
    ]);
  }

  function loopBranch(loop: LoopStatement): BranchSite[] {
    const span = loop;
    if (loop.type === "ForNumericStatement" || loop.type === "ForGenericStatement") {
      const { entered, ended } = forEdges(tally, loop);
      return branch("loop", span, headedArms(loop, entered, ended));
    }
    const verdicts = decided(loop.condition);
    if (verdicts === null) return [];
    if (loop.type === "WhileStatement") {
      return branch("loop", span, headedArms(loop, verdicts.truthy, verdicts.falsy));
    }
    const keyword = { start: span.start, end: span.start + "repeat".length };
    return branch("loop", span, [
      { span: keyword, count: verdicts.falsy },
      { span: loop.condition, count: verdicts.truthy },
    ]);
  }

  /** The body, from `do` to `end` as even an empty one has a place; and the head, where the loop ends. */
  function headedArms(
    loop: Exclude<LoopStatement, { type: "RepeatStatement" }>,
    entered: Count,
    ended: Count,
  ) {
    const { start, end } = loop;
    const last = loop.type === "WhileStatement" ? loop.condition : lastOfHeader(loop);
    const body = last === undefined ? start : tokens.start(tokenBehind(tokens, last));
    const head = last?.end ?? end;
    return [
      { span: { start: body, end }, count: entered },
      { span: { start, end: head }, count: ended },
    ];
  }

  /** The verdicts of a clause or loop; null for a constant, and when its two ways share an instruction. */
  function decided(expression: Expression): Verdicts | null {
    const condition = conditions?.get(expression);
    if (condition === undefined || constantOf(condition) !== null) return null;
    const isDecided =
      condition.kind === "leaf" ? isDistinct(condition) : leavesOf(condition).every(isDistinct);
    return isDecided ? conditionVerdicts(tally, condition, null) : null;
  }

  function operandBranch(expression: Expression, condition: Condition): BranchSite[] {
    if (condition.kind === "leaf") return none;
    const leaves = leavesOf(condition);
    if (leaves.length < 2 || !leaves.every(isDistinct)) return none;
    const verdicts = new Map<Leaf, Verdicts>();
    conditionVerdicts(tally, condition, null, (leaf, each) => verdicts.set(leaf, each));
    const arms = leaves.map((leaf) => ({
      span: leaf.expression,
      count: verdicts.get(leaf)?.evaluated ?? null,
    }));
    const truthy = leaves.map((leaf) =>
      leaf.constant === null ? (verdicts.get(leaf)?.truthy ?? null) : null,
    );
    return branch("binary-expr", expression, arms, truthy);
  }

  function isDistinct({ test }: Leaf): boolean {
    const decision = test === null ? undefined : fn.proto.decision(test);
    return decision === undefined || decision.fell !== decision.jumped;
  }
}

const none: never[] = [];

function lastOfHeader(loop: ForStatement): Expression | undefined {
  return loop.type === "ForNumericStatement" ? (loop.step ?? loop.limit) : loop.iterators.at(-1);
}

/** A branch with a count for every arm, or none. */
function branch(
  type: BranchSite["type"],
  span: Span,
  arms: readonly { readonly span: Span; readonly count: Count }[],
  truthy: readonly Count[] = none,
): BranchSite[] {
  return arms.every(isCounted) ? [{ type, span, arms, truthy: known(truthy) }] : [];
}

function isCounted(arm: { readonly span: Span; readonly count: Count }): arm is Arm {
  return arm.count !== null;
}

/** Up to the first operand whose truth nobody tests: the last one of a value, or a constant. */
function known(counts: readonly Count[]): readonly number[] {
  if (counts.length === 0) return none;
  const end = counts.indexOf(null);
  return counts.slice(0, end === -1 ? counts.length : end).flatMap((count) => count ?? []);
}

type ForStatement = Extract<LoopStatement, { type: "ForNumericStatement" | "ForGenericStatement" }>;
