import { firstTokenAt } from "../../../source/tokens.js";
import type { LoopStatement, RepeatStatement, WhileStatement } from "../../../source/tree.js";
import { headerOf } from "../../sites/branches.js";
import { decidedValue, leavesOf } from "../../sites/leaves.js";
import { countEntry } from "./entries.js";
import type { Figure } from "./figures.js";
import { countTruth, type OperandPlan, planOperands, type Truth } from "./operands.js";
import { countAt, type Planning, planExpressions } from "./planning.js";
import { settleOperands } from "./settle.js";

/**
 * A loop that begins as often as a figure says; `behind` is where control goes on. Gives how often it was left for there,
 * null where that is not known.
 */
export function planLoop(
  planning: Planning,
  loop: LoopStatement,
  begin: Figure,
  behind: number,
): Figure | null {
  if (loop.type === "WhileStatement") return planWhile(planning, loop, begin, behind);
  if (loop.type === "RepeatStatement") return planRepeat(planning, loop, begin, behind);
  planExpressions(planning, headerOf(loop), begin);
  const { entered } = planBody(planning, loop);
  const breaks = breaksOf(planning, loop);
  if (breaks === null) {
    planning.unknown.add(loop);
    return null;
  }
  const left = countAt(planning, behind);
  setArms(planning, loop, { whenTrue: entered, whenFalse: planning.figures.sum([left], breaks) });
  return left;
}

function planWhile(planning: Planning, loop: WhileStatement, begin: Figure, behind: number): Figure | null {
  const decided = decidedValue(leavesOf(loop.condition));
  const { operands, truth } = planCondition(planning, loop, decided === false ? begin : null);
  if (decided === false) {
    settleOperands(planning, operands, null);
    return planning.isQuiet(loop.condition) ? begin : null;
  }
  const { entered } = planBody(planning, loop);
  const breaks = breaksOf(planning, loop);
  if (decided === true) {
    settleOperands(planning, operands, null);
    return breaks === null ? null : planning.figures.sum(breaks);
  }
  if (truth !== null) return settleLoop(planning, loop, operands, truth, null);
  const left = countAt(planning, behind);
  const ended = planning.figures.sum([left], breaks ?? []);
  return settleLoop(planning, loop, operands, { whenTrue: entered, whenFalse: ended }, left);
}

function planRepeat(planning: Planning, loop: RepeatStatement, begin: Figure, behind: number): Figure | null {
  const { entered, end } = planBody(planning, loop);
  const decided = decidedValue(leavesOf(loop.condition));
  const { operands, truth } = planCondition(planning, loop, null);
  const breaks = breaksOf(planning, loop);
  if (decided !== null) {
    settleOperands(planning, operands, null);
    const ends = decided ? [end] : [];
    return allKnown(planning, breaks === null ? [null] : [...ends, ...breaks]);
  }
  if (truth !== null) return settleLoop(planning, loop, operands, truth, null);
  const left = countAt(planning, behind);
  const whenTrue = planning.figures.sum([left], breaks ?? []);
  const whenFalse = planning.figures.sum([entered], [begin]);
  return settleLoop(planning, loop, operands, { whenTrue, whenFalse }, left);
}

/** The operands of a condition; by a call its truth, too, where a way out of the loop may raise. */
function planCondition(planning: Planning, loop: WhileStatement | RepeatStatement, reached: Figure | null) {
  const { condition } = loop;
  const isDecided = decidedValue(leavesOf(condition)) !== null;
  if (isDecided || breaksOf(planning, loop) !== null) {
    return { operands: planOperands(planning, condition, reached, !isDecided), truth: null };
  }
  let operands: OperandPlan | null = null;
  const truth = countTruth(planning, condition, condition.end, () => {
    operands = planOperands(planning, condition, reached, true);
  });
  return { operands: operands as OperandPlan | null, truth };
}

function settleLoop(
  planning: Planning,
  loop: WhileStatement | RepeatStatement,
  operands: OperandPlan | null,
  exits: Truth,
  left: Figure | null,
): Figure | null {
  settleOperands(planning, operands, exits);
  const { whenTrue, whenFalse } = exits;
  setArms(
    planning,
    loop,
    loop.type === "WhileStatement" ? exits : { whenTrue: whenFalse, whenFalse: whenTrue },
  );
  return left;
}

/** The first arm goes round, the second one out. */
function setArms({ branches }: Planning, loop: LoopStatement, { whenTrue, whenFalse }: Truth): void {
  branches.set(loop, { arms: [whenTrue, whenFalse], truthy: [] });
}

function planBody(planning: Planning, loop: LoopStatement) {
  const entered = countEntry(planning, loop.body, 0, bodyStart(planning, loop));
  return { entered, end: planning.planBlock(loop.body, entered) };
}

/** Behind `do`, or before `until`, where the body is empty: lines that have instructions anyway. */
function bodyStart({ tokens }: Planning, loop: LoopStatement): number {
  const [first] = loop.body;
  if (first !== undefined) return first.start;
  if (loop.type === "RepeatStatement") return tokens.start(firstTokenAt(tokens, loop.start) + 1);
  return tokens.end(firstTokenAt(tokens, loop.end) - 2);
}

/** How often each `break` of a loop began; null where one may raise on its way, as it closes variables. */
function breaksOf({ structure, closing, statements }: Planning, loop: LoopStatement): Figure[] | null {
  const breaks = structure.breaks(loop);
  if (breaks.length > 0 && closing.some(({ start }) => start > loop.start && start < loop.end)) return null;
  return breaks.flatMap((each) => statements.get(each) ?? []);
}

function allKnown({ figures }: Planning, ends: readonly (Figure | null)[]): Figure | null {
  const known = ends.filter((each) => each !== null);
  return known.length === ends.length ? figures.sum(known) : null;
}
