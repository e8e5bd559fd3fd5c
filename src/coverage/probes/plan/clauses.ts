import type { Clause, IfClause, IfStatement } from "../../../source/tree.js";
import { decidedValue, leavesOf } from "../../sites/leaves.js";
import { type Figure, never } from "./figures.js";
import { countTruth, type OperandPlan, planOperands } from "./operands.js";
import { canCountEnd, countAt, insert, insertText, type Planning } from "./planning.js";
import { settleOperands } from "./settle.js";

/** What is counted of one clause. */
interface ClausePlan {
  readonly clause: Clause;
  /** How often its block began; null where nobody needs to know. */
  readonly entered: Figure | null;
  /** How often control went on to the next clause, or behind the last one; null where that is not counted here. */
  readonly passed: Figure | null;
  readonly operands: OperandPlan | null;
  readonly isBranch: boolean;
  /** Whether what follows is an `else` with an `if` of its own. */
  readonly splits: boolean;
}

/** As many `if`s in `else`s as stand in each other, before conditions are counted by calls instead. */
const maxSplits = 40;

/**
 * An `if` that begins as often as a figure says; `following` is where the statement behind it begins, null for none. Gives how often
 * it ended, null where that is not known.
 */
export function planIf(
  planning: Planning,
  statement: IfStatement,
  begin: Figure,
  following: number | null,
): Figure | null {
  const plans: ClausePlan[] = [];
  const ends: (Figure | null)[] = [];
  const isPromised = planning.figures.isPromised(begin);
  let reached: Figure | null = isPromised ? null : begin;
  let splits = 0;
  for (const [index, clause] of statement.clauses.entries()) {
    if (reached === never) break;
    const plan: ClausePlan =
      clause.type === "ElseClause"
        ? planElse(planning, clause, reached)
        : planClause(planning, clause, statement.clauses[index + 1], reached, splits < maxSplits);
    plans.push(plan);
    if (plan.splits) splits++;
    ends.push(plan.entered === never ? never : planning.planBlock(clause.body, plan.entered));
    reached = plan.passed;
  }
  const behind = ends.every((each) => each === never) ? following : null;
  const { otherwise, insertElse } = planOtherwise(planning, statement, plans, behind);
  if (otherwise !== never) ends.push(otherwise);
  const end = following !== null ? countedEnds(planning, plans, ends) : allEnds(planning, ends);
  insertElse();
  if (splits > 0) insertText(planning, statement.end, " end ".repeat(splits));
  if (isPromised) planning.figures.keep(begin, waysOf(plans, otherwise));
  settle(planning, plans, otherwise);
  return end;
}

/** Of an `if` with two ways on, how often each was taken. */
function waysOf([first, second]: readonly ClausePlan[], otherwise: Figure | null): Figure[] {
  return [first?.entered, second === undefined ? otherwise : second.entered].flatMap((each) => each ?? []);
}

function planElse(planning: Planning, clause: Clause, reached: Figure | null): ClausePlan {
  const entered = reached ?? countAt(planning, bodyStart(clause));
  return { clause, entered, passed: never, operands: null, isBranch: false, splits: false };
}

function planClause(
  planning: Planning,
  clause: IfClause,
  following: Clause | undefined,
  reached: Figure | null,
  maySplit: boolean,
): ClausePlan {
  const { condition } = clause;
  const decided = decidedValue(leavesOf(condition));
  const isBranch = planning.places.has(clause);
  const known = planning.isQuiet(condition) ? reached : null;
  if (decided !== null) {
    const operands = planOperands(planning, condition, reached, false);
    const [entered, passed] = decided ? [known, never] : [never, known];
    return { clause, entered, passed, operands, isBranch, splits: false };
  }
  const isIf = following?.type === "IfClause";
  if (isBranch && isIf && known === null && !maySplit) return planByCall(planning, clause, reached);
  const operands = planOperands(planning, condition, reached, isBranch);
  const isCounted = isBranch || clause.body.length > 0;
  const entered = isCounted ? countAt(planning, bodyStart(clause)) : null;
  const splits = isBranch && isIf && known === null;
  const passed =
    known !== null && entered !== null
      ? planning.figures.sum([known], [entered])
      : splits
        ? countAt(planning, following.start + "else".length)
        : null;
  return { clause, entered, passed, operands, isBranch, splits };
}

/** Both outcomes are counted where the condition has its value. */
function planByCall(planning: Planning, clause: IfClause, reached: Figure | null): ClausePlan {
  const { condition } = clause;
  let operands: OperandPlan | null = null;
  const { whenTrue, whenFalse } = countTruth(planning, condition, condition.end, () => {
    operands = planOperands(planning, condition, reached, true);
  });
  return { clause, entered: whenTrue, passed: whenFalse, operands, isBranch: true, splits: false };
}

/**
 * How often no clause had its way, and what counts that, which comes behind everything else. Where no clause goes on behind the `if`,
 * whatever comes there had none, and needs no `else`: `behind` is that place, else null.
 */
function planOtherwise(
  planning: Planning,
  { end }: IfStatement,
  plans: readonly ClausePlan[],
  behind: number | null,
) {
  const last = plans.at(-1);
  const nothing = () => {};
  if (last === undefined || last.passed !== null)
    return { otherwise: last?.passed ?? never, insertElse: nothing };
  if (!last.isBranch) return { otherwise: null, insertElse: nothing };
  const { figure, counter } = planning.figures.counter();
  const at = behind ?? Math.min(last.clause.end, end);
  const insertElse = () => {
    if (behind === null) insertText(planning, at, " else");
    insert(planning, at, { kind: "count", counter });
  };
  return { otherwise: figure, insertElse };
}

function allEnds(planning: Planning, ends: readonly (Figure | null)[]): Figure | null {
  const known = ends.filter((each) => each !== null);
  return known.length === ends.length ? planning.figures.sum(known) : null;
}

/** Counts the ends of those blocks that may have been left otherwise, where that is cheaper than to count behind all. */
function countedEnds(
  planning: Planning,
  plans: readonly ClausePlan[],
  ends: readonly (Figure | null)[],
): Figure | null {
  const isWorth = ends.some((each) => each !== null && each !== never);
  const canCount = ends.every((each, index) => {
    const body = plans[index]?.clause.body;
    return each !== null || (body !== undefined && canCountEnd(body));
  });
  if (!isWorth || !canCount) return allEnds(planning, ends);
  const counted = ends.map((each, index) => each ?? countAt(planning, plans[index]?.clause.end ?? 0));
  return planning.figures.sum(counted);
}

function settle(planning: Planning, plans: readonly ClausePlan[], otherwise: Figure | null): void {
  for (const [index, { clause, entered, passed, operands, isBranch }] of plans.entries()) {
    const following = plans[index + 1];
    const whenFalse = passed ?? (following === undefined ? otherwise : following.entered);
    const isKnown = isBranch && entered !== null && whenFalse !== null;
    settleOperands(planning, operands, isKnown ? { whenTrue: entered, whenFalse } : null);
    if (isKnown) planning.branches.set(clause, { arms: [entered, whenFalse], truthy: [] });
  }
}

/** Behind `then` or `else` where the block is empty. */
function bodyStart({ body, end }: Clause): number {
  return body[0]?.start ?? end;
}
