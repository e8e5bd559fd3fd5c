import { firstTokenAt } from "../../../source/tokens.js";
import type { Expression } from "../../../source/tree.js";
import type { BranchPlace } from "../../sites/branches.js";
import { type Leaf, leavesOf } from "../../sites/leaves.js";
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

/** Of 249 registers a call of ours takes three. */
const maxRegisters = 240;

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
  const { fn, needs, places, registers } = planning;
  const place = places.get(node);
  if (place?.type !== "binary-expr") {
    for (const [index, { expression }] of leavesOf(node).entries()) {
      planning.planExpression(expression, index === 0 ? reached : null);
    }
    return null;
  }
  if (registers + needs.locals > maxRegisters) planning.crowded.add(fn);
  const deduced = deducible(planning, place, reached, hasExits);
  const begun: LeafPlan["begun"] = { figure: null };
  const truths = place.leaves.map((leaf, index) =>
    planLeaf(planning, { place, reached, deduced, begun }, leaf, index),
  );
  return { place, reached, truths, secondBegan: begun.figure, deduced };
}

interface LeafPlan extends Pick<OperandPlan, "place" | "reached" | "deduced"> {
  /** Set where the second operand of two is counted as it begins. */
  readonly begun: { figure: Figure | null };
}

function planLeaf(planning: Planning, plan: LeafPlan, leaf: Leaf, index: number): Truth | null {
  const { place, reached, deduced, begun } = plan;
  const visit = () => void planning.planExpression(leaf.expression, index === 0 ? reached : null);
  const isValue = index === place.leaves.length - 1 && !place.testsLast;
  if (isValue && deduced === "first" && index === 1) begun.figure = countBegin(planning, leaf, visit);
  else if (isValue || isTold(plan, leaf, index)) visit();
  else return countLeaf(planning, leaf, visit);
  return null;
}

/** Whether the truth of an operand follows from what else is counted. */
function isTold({ place, reached, deduced }: LeafPlan, { constant }: Leaf, index: number): boolean {
  if (constant !== null) return index > 0 || reached !== null;
  return index === 0 ? deduced === "first" : deduced === "last" && index === place.leaves.length - 1;
}

/** Which operand need not be counted. */
function deducible(
  planning: Planning,
  place: OperandPlace,
  reached: Figure | null,
  hasExits: boolean,
): OperandPlan["deduced"] {
  if (isFirstDeducible(planning, place, reached, hasExits)) return "first";
  return hasExits && place.leaves.at(-1)?.constant === null ? "last" : null;
}

/** Whether two of these are known: how often the first operand was reached, led to the second one, and led out. */
function isFirstDeducible(
  { isQuiet }: Planning,
  { leaves, testsLast }: OperandPlace,
  reached: Figure | null,
  hasExits: boolean,
): boolean {
  const [first, second] = leaves;
  if (first === undefined || second === undefined) return false;
  if (leaves.some(({ constant }) => constant !== null)) return false;
  const tells = [
    reached !== null && isQuiet(first.expression),
    (leaves.length === 2 && !testsLast) || isQuiet(second.expression),
    hasExits && (typeof first.whenTrue === "string" || typeof first.whenFalse === "string"),
  ];
  return tells.filter((each) => each).length >= 2;
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
