import type { Expression } from "../../../source/tree.js";
import { type Count, plus } from "../../count.js";

/**
 * A condition as the compiler sees it: its leaves are tested one by one, in order. A leaf has the pc of its
 * test, or none: a constant, or the last operand of an and/or whose value is used.
 */
export type Condition =
  | { readonly kind: "and" | "or"; readonly operands: readonly Condition[] }
  | { readonly kind: "not"; readonly operand: Condition }
  | Leaf;

export interface Leaf {
  readonly kind: "leaf";
  readonly expression: Expression;
  readonly test: number | null;
  /** The instruction tests the opposite of the expression: EQ for `~=`, the inner `not` of `not not x`. */
  readonly inverted: boolean;
  /** What a constant always is. */
  readonly constant: boolean | null;
}

/** How often a condition was true and false; null where nothing counts it. */
export interface Verdicts {
  readonly evaluated: Count;
  readonly truthy: Count;
  readonly falsy: Count;
}

export function leavesOf(condition: Condition): Leaf[] {
  const leaves: Leaf[] = [];
  addLeaves(condition, leaves);
  return leaves;
}

function addLeaves(condition: Condition, leaves: Leaf[]): void {
  if (condition.kind === "leaf") leaves.push(condition);
  else if (condition.kind === "not") addLeaves(condition.operand, leaves);
  else for (const operand of condition.operands) addLeaves(operand, leaves);
}

/** What a condition always is, being a constant, with or without `not`; else null. */
export function constantOf(condition: Condition): boolean | null {
  if (condition.kind === "leaf") return condition.constant;
  const constant = condition.kind === "not" ? constantOf(condition.operand) : null;
  return constant === null ? null : !constant;
}

/** Counts of one leaf's test. */
export type LeafVerdicts = (leaf: Leaf) => { readonly truthy: number; readonly falsy: number } | null;

/**
 * Adds up the verdicts of the leaves. `entered` is how often the condition was reached, for leaves without a
 * test. `onLeaf` hears the verdicts of every leaf.
 */
export function evaluate(
  condition: Condition,
  entered: Count,
  count: LeafVerdicts,
  onLeaf: (leaf: Leaf, verdicts: Verdicts) => void = () => {},
): Verdicts {
  switch (condition.kind) {
    case "leaf": {
      const verdicts = leafVerdicts(condition, entered, count);
      onLeaf(condition, verdicts);
      return verdicts;
    }
    case "not": {
      const { evaluated, truthy, falsy } = evaluate(condition.operand, entered, count, onLeaf);
      return { evaluated, truthy: falsy, falsy: truthy };
    }
    default:
      return chainVerdicts(condition.operands, condition.kind === "and", entered, (operand, reached) =>
        evaluate(operand, reached, count, onLeaf),
      );
  }
}

/** The operands of a chain one after the other: each is reached when those before it did not decide. */
function chainVerdicts(
  operands: readonly Condition[],
  isAnd: boolean,
  entered: Count,
  evaluateOne: (operand: Condition, reached: Count) => Verdicts,
): Verdicts {
  let evaluated: Count = null;
  let reached = entered;
  let decided: Count = 0;
  for (const operand of operands) {
    const each = evaluateOne(operand, reached);
    if (operand === operands[0]) evaluated = each.evaluated;
    reached = isAnd ? each.truthy : each.falsy;
    decided = plus(decided, isAnd ? each.falsy : each.truthy);
  }
  return isAnd
    ? { evaluated, truthy: reached, falsy: decided }
    : { evaluated, truthy: decided, falsy: reached };
}

/** The test of a constant tells only how often it was reached: it tests what `not`s before it make of it. */
function leafVerdicts(leaf: Leaf, entered: Count, count: LeafVerdicts): Verdicts {
  const counted = leaf.test === null ? null : count(leaf);
  const evaluated = counted === null ? entered : counted.truthy + counted.falsy;
  if (leaf.constant !== null) {
    return { evaluated, truthy: leaf.constant ? evaluated : 0, falsy: leaf.constant ? 0 : evaluated };
  }
  return counted === null ? { evaluated, truthy: null, falsy: null } : { evaluated, ...counted };
}
