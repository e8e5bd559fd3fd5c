import { firstTokenAt } from "../../source/tokens.js";
import type { Expression } from "../../source/tree.js";
import type { BranchPlace } from "../sites/branches.js";
import { type Leaf, leavesOf } from "../sites/leaves.js";
import type { Figure } from "./figures.js";
import { insert, insertText, type Planning } from "./planning.js";

export type OperandPlace = Extract<BranchPlace, { type: "binary-expr" }>;

/** How often something was true and false. */
export interface Truth {
  readonly whenTrue: Figure;
  readonly whenFalse: Figure;
}

/** The operands of an `and` or `or` that were gone through, and what of them is counted. */
export interface OperandPlan {
  readonly place: OperandPlace;
  readonly reached: Figure | null;
  /** Null for an operand that is not counted by its truth. */
  readonly truths: readonly (Truth | null)[];
  /** How often the second operand of two began, where that is counted. */
  readonly secondBegan: Figure | null;
  /** The operand whose truth follows from the others and from where control went. */
  readonly deduced: "first" | "last" | null;
}

/** Counts an expression by its truth; `visit` goes through what is in it. */
export function countTruth(planning: Planning, { start }: Expression, end: number, visit: () => void): Truth {
  const { figure: whenTrue, counter } = planning.figures.counter();
  const { figure: whenFalse } = planning.figures.counter();
  insert(planning, start, { kind: "test", counter });
  visit();
  insert(planning, end, { kind: "tested" });
  return { whenTrue, whenFalse };
}

/**
 * Goes through a condition, or an `and` or `or` whose value is used, and counts what its branch cannot do without.
 * `hasExits` says that it will be known how often a condition came out either way. Null where there is no branch.
 */
export function planOperands(
  planning: Planning,
  node: Expression,
  reached: Figure | null,
  hasExits: boolean,
): OperandPlan | null {
  const place = planning.places.get(node);
  if (place?.type !== "binary-expr") {
    for (const [index, { expression }] of leavesOf(node).entries()) {
      planning.planExpression(expression, index === 0 ? reached : null);
    }
    return null;
  }
  const deduced = deducible(planning, place, reached, hasExits);
  const last = place.leaves.length - 1;
  const ofDeduced = deduced === "first" ? 0 : deduced === "last" ? last : -1;
  let secondBegan: Figure | null = null;
  const truths = place.leaves.map((leaf, index) => {
    const visit = () => void planning.planExpression(leaf.expression, index === 0 ? reached : null);
    const isTold = leaf.constant !== null && (index > 0 || reached !== null);
    const isValue = index === last && !place.testsLast;
    if (isValue && deduced === "first" && last === 1) secondBegan = countBegin(planning, leaf, visit);
    else if (!isValue && !isTold && index !== ofDeduced) return countLeaf(planning, leaf, visit);
    else visit();
    return null;
  });
  return { place, reached, truths, secondBegan, deduced };
}

/** Which operand need not be counted. */
function deducible(
  { isQuiet }: Planning,
  { leaves, testsLast }: OperandPlace,
  reached: Figure | null,
  hasExits: boolean,
): OperandPlan["deduced"] {
  const [first, second] = leaves;
  if (first === undefined || second === undefined) return null;
  if (leaves.every(({ constant }) => constant === null)) {
    const firstTells = reached !== null && isQuiet(first.expression);
    const secondTells = (leaves.length === 2 && !testsLast) || isQuiet(second.expression);
    const exits = hasExits && (typeof first.whenTrue === "string" || typeof first.whenFalse === "string");
    if ((firstTells && (secondTells || exits)) || (exits && secondTells)) return "first";
  }
  return hasExits && leaves.at(-1)?.constant === null ? "last" : null;
}

function countLeaf(planning: Planning, leaf: Leaf, visit: () => void): Truth {
  return countTruth(planning, leaf.expression, endOf(planning, leaf), visit);
}

function countBegin(planning: Planning, leaf: Leaf, visit: () => void): Figure {
  if (planning.isQuiet(leaf.expression)) {
    const { whenTrue, whenFalse } = countLeaf(planning, leaf, visit);
    return planning.figures.sum([whenTrue, whenFalse]);
  }
  const { figure, counter } = planning.figures.counter();
  insert(planning, leaf.expression.start, { kind: "begin", counter });
  visit();
  insertText(planning, endOf(planning, leaf), ")");
  return figure;
}

/** Where an operand has its value: the instruction that looks it up has the line of what Lua has read by then. */
function endOf({ tokens }: Planning, { expression, beforeOperator }: Leaf): number {
  const isLater = expression.inParens === true || beforeOperator;
  return isLater ? tokens.start(firstTokenAt(tokens, expression.end)) : expression.end;
}
