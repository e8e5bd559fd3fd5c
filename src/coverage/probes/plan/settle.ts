import type { Leaf, Way } from "../../sites/leaves.js";
import { type Figure, type Figures, never } from "./figures.js";
import type { OperandPlan, Truth } from "./operands.js";
import type { Planning } from "./planning.js";

/** What is known of the operands of one branch while it is being settled. */
interface Settling {
  readonly figures: Figures;
  readonly plan: OperandPlan;
  /** How often a condition came out true and false; null for a value. */
  readonly exits: Truth | null;
  readonly truths: (Truth | null)[];
}

/** Sets the figures of a branch of operands, once it is known how often its condition came out true and false. */
export function settleOperands(planning: Planning, plan: OperandPlan | null, exits: Truth | null): void {
  if (plan === null) return;
  const { place, deduced } = plan;
  const settling: Settling = { figures: planning.figures, plan, exits, truths: [...plan.truths] };
  if (deduced === "first") settling.truths[0] = firstTruth(planning, settling);
  const arms = place.leaves.map((leaf, index) => settleLeaf(settling, leaf, index));
  const truthy = settling.truths.slice(0, place.tested).map((truth) => known(truth).whenTrue);
  planning.branches.set(place.node, { arms, truthy });
}

/** How often an operand came to its value, or began where nobody tests it. */
function settleLeaf(settling: Settling, leaf: Leaf, index: number): Figure {
  const { figures, plan, truths } = settling;
  const isLast = index === plan.place.leaves.length - 1;
  if (isLast && plan.deduced === "last") {
    truths[index] = {
      whenTrue: known(restOf(settling, leaf.whenTrue)),
      whenFalse: known(restOf(settling, leaf.whenFalse)),
    };
  }
  const truth = truths[index] ?? null;
  if (truth !== null) return figures.sum([truth.whenTrue, truth.whenFalse]);
  const arrivals = index === 0 ? known(plan.reached) : figures.sum(ledTo(settling, index));
  if (leaf.constant !== null) truths[index] = constantTruth(leaf.constant, arrivals);
  return index === 1 && plan.secondBegan !== null ? plan.secondBegan : arrivals;
}

/** The truth of the first operand, which leads either to the second one or elsewhere. */
function firstTruth({ isQuiet, figures }: Planning, settling: Settling): Truth {
  const { place, reached, truths, secondBegan } = settling.plan;
  const [first, second] = place.leaves;
  if (first === undefined || second === undefined) throw new Error("a chain of one operand");
  const truth = isQuiet(second.expression) ? (truths[1] ?? null) : null;
  const begun = secondBegan ?? (truth === null ? null : figures.sum([truth.whenTrue, truth.whenFalse]));
  const isAnd = first.whenTrue === 1;
  const rest = restOf(settling, isAnd ? first.whenFalse : first.whenTrue);
  const away = rest ?? figures.sum([known(reached)], [known(begun)]);
  const on = begun ?? figures.sum([known(reached)], [away]);
  return isAnd ? { whenTrue: on, whenFalse: away } : { whenTrue: away, whenFalse: on };
}

/** What is left of a way out, less what the operands that are known led there; null where the way out is not known. */
function restOf(settling: Settling, way: Way): Figure | null {
  const { exits, figures } = settling;
  if (exits === null || typeof way === "number") return null;
  return figures.sum([way === "true" ? exits.whenTrue : exits.whenFalse], ledTo(settling, way));
}

/** How often the operands that are known led somewhere. */
function ledTo({ plan, truths }: Settling, way: Way): Figure[] {
  const figures: Figure[] = [];
  for (const [index, leaf] of plan.place.leaves.entries()) {
    const truth = truths[index];
    if (truth === null || truth === undefined) continue;
    if (leaf.whenTrue === way) figures.push(truth.whenTrue);
    if (leaf.whenFalse === way) figures.push(truth.whenFalse);
  }
  return figures;
}

function constantTruth(constant: boolean, arrivals: Figure): Truth {
  return constant ? { whenTrue: arrivals, whenFalse: never } : { whenTrue: never, whenFalse: arrivals };
}

function known<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error("an operand that nothing tells of");
  return value;
}
