import type {
  Expression,
  ForGenericStatement,
  ForNumericStatement,
  RepeatStatement,
  WhileStatement,
} from "../../../source/tree.js";
import type { Count } from "../../count.js";
import type { LinkedFunction } from "../link.js";
import type { Tally } from "../tally.js";
import { type Condition, constantOf, evaluate, type Leaf, type Verdicts } from "./conditions.js";

export const unknownVerdicts: Verdicts = { evaluated: null, truthy: null, falsy: null };

/**
 * The verdicts of a clause's or loop's condition, or of an and/or value. `entered` is how often it was reached,
 * for what has no test; `onLeaf` hears the verdicts of every operand.
 */
export function conditionVerdicts(
  tally: Tally,
  condition: Condition,
  entered: Count,
  onLeaf?: (leaf: Leaf, verdicts: Verdicts) => void,
): Verdicts {
  return evaluate(condition, entered, (leaf) => leafCounts(tally, leaf), onLeaf);
}

/** The verdicts of a condition by its expression. */
export function expressionVerdicts(tally: Tally, expression: Expression, entered: () => Count): Verdicts {
  const condition = tally.fn.conditions?.get(expression);
  if (condition === undefined) return unknownVerdicts;
  const needsEntered = condition.kind === "leaf" && condition.test === null;
  return conditionVerdicts(tally, condition, needsEntered ? entered() : null);
}

export function loopVerdicts(tally: Tally, loop: WhileStatement | RepeatStatement): Verdicts {
  return expressionVerdicts(tally, loop.condition, () => null);
}

/** How often a `for` went into its body, and on behind it. */
export function forEdges(
  { fn, flow }: Tally,
  loop: ForNumericStatement | ForGenericStatement,
): { readonly entered: number; readonly ended: number } {
  const pcs = fn.loops(loop);
  const add = (count: (pc: number) => number) => pcs.reduce((sum, pc) => sum + count(pc), 0);
  return { entered: add(flow.jumped), ended: add(flow.fell) };
}

/** Whether a condition is a constant that is true. */
export function isAlwaysTrue({ conditions }: LinkedFunction, expression: Expression): boolean {
  const condition = conditions?.get(expression);
  return condition !== undefined && constantOf(condition) === true;
}

function leafCounts({ fn, flow }: Tally, { test, inverted }: Leaf): { truthy: number; falsy: number } | null {
  const decision = test === null ? undefined : fn.proto.decision(test);
  if (test === null || decision === undefined) return null;
  const [jumped, fell] = [flow.jumped(test), flow.fell(test)];
  const truthyJumps = decision.jumpsIf !== inverted;
  return truthyJumps ? { truthy: jumped, falsy: fell } : { truthy: fell, falsy: jumped };
}
