import type { Expression } from "../../../source/tree.js";
import type { Count } from "../../count.js";
import type { BranchPlace } from "../../sites/branches.js";
import type { BranchSite } from "../../sites.js";
import type { Tally } from "../tally.js";
import { type Leaf, leavesOf, type Verdicts } from "./conditions.js";
import { conditionVerdicts, forEdges } from "./decisions.js";

/** A branch with a count for every arm; null for one that cannot be counted exactly. */
export function countBranch(tally: Tally, place: BranchPlace): BranchSite | null {
  switch (place.type) {
    case "if": {
      const verdicts = decided(tally, place.node.condition);
      return verdicts === null ? null : branch(place, [verdicts.truthy, verdicts.falsy]);
    }
    case "loop":
      return branch(place, loopCounts(tally, place.node));
    default:
      return operandBranch(tally, place);
  }
}

/** How often a loop went into its body, and came to its end; of a `repeat`, went back and ended. */
function loopCounts(
  tally: Tally,
  loop: Extract<BranchPlace, { type: "loop" }>["node"],
): readonly [Count, Count] {
  if (loop.type === "ForNumericStatement" || loop.type === "ForGenericStatement") {
    const { entered, ended } = forEdges(tally, loop);
    return tally.fn.conditions === null ? unknown : [entered, ended];
  }
  const verdicts = decided(tally, loop.condition);
  if (verdicts === null) return unknown;
  const { truthy, falsy } = verdicts;
  return loop.type === "WhileStatement" ? [truthy, falsy] : [falsy, truthy];
}

const unknown = [null, null] as const;

/** The verdicts of a clause or loop; null when its two ways share an instruction, and no register tells them apart. */
function decided(tally: Tally, expression: Expression): Verdicts | null {
  const condition = tally.fn.conditions?.get(expression);
  if (condition === undefined || !leavesOf(condition).every((leaf) => isDistinct(tally, leaf))) return null;
  return conditionVerdicts(tally, condition, null);
}

function operandBranch(
  tally: Tally,
  place: Extract<BranchPlace, { type: "binary-expr" }>,
): BranchSite | null {
  const condition = tally.fn.conditions?.get(place.node);
  if (condition === undefined) return null;
  const leaves = leavesOf(condition);
  if (leaves.length !== place.leaves.length || !leaves.every((leaf) => isDistinct(tally, leaf))) return null;
  const verdicts = new Map<Leaf, Verdicts>();
  conditionVerdicts(tally, condition, null, (leaf, each) => verdicts.set(leaf, each));
  const truthy = leaves.map((leaf) => (leaf.constant === null ? (verdicts.get(leaf)?.truthy ?? null) : null));
  return branch(
    place,
    leaves.map((leaf) => verdicts.get(leaf)?.evaluated ?? null),
    truthy,
  );
}

function isDistinct({ fn }: Tally, { test }: Leaf): boolean {
  const decision = test === null ? undefined : fn.proto.decision(test);
  return decision === undefined || decision.fell !== decision.jumped || decision.register !== null;
}

function branch(
  { type, span, arms }: BranchPlace,
  counts: readonly Count[],
  truthy: readonly Count[] = [],
): BranchSite | null {
  const known = counts.filter((count) => count !== null);
  if (known.length < arms.length) return null;
  return {
    type,
    span,
    arms: arms.map((arm, index) => ({ span: arm, count: known[index] ?? 0 })),
    truthy: knownTruths(truthy),
  };
}

/** Up to the first operand whose truth nobody tests: the last one of a value, or a constant. */
function knownTruths(counts: readonly Count[]): readonly number[] {
  const end = counts.indexOf(null);
  return counts.slice(0, end === -1 ? counts.length : end).filter((count) => count !== null);
}
