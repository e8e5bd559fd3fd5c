import type { IfStatement, RepeatStatement, WhileStatement } from "luaparse";
import { type Condition, constantOf, evaluate, type Leaf, type Verdicts } from "./conditions.js";
import type { Flow } from "./flow.js";
import type { LinkedFunction } from "./link.js";
import type { Block, Clause, LoopStatement, Structure } from "./structure.js";
import { type Expression, type Statement, spanOf } from "./syntax.js";

/** A count, or null where the counters leave it open. */
export type Count = number | null;

/** How often things happened in one function, worked out from the counters of its instructions. */
export interface Tally {
  /** How often a statement began. */
  begins(statement: Statement): Count;
  /** The verdicts of a clause's or loop's condition, or of an and/or value. */
  verdicts(condition: Condition, entered: Count, onLeaf?: (leaf: Leaf, verdicts: Verdicts) => void): Verdicts;
  /** How often the condition of a clause was reached. */
  reached(statement: IfStatement, clause: Clause): Count;
  /** How often a `for` went into its body, and on behind it. */
  forEdges(statement: Statement): { readonly entered: number; readonly ended: number };
}

const unknown: Verdicts = { evaluated: null, truthy: null, falsy: null };

/**
 * A statement begins as often as its first instruction, less the rounds of a loop that come back to it.
 * `break`, `goto` and locals that share an instruction have none to count: they begin as often as the
 * statement before them completes, or as their block is entered. (A jump to a `break`'s jump is redirected past
 * it, so that even an existing instruction would not tell.)
 */
export function createTally(fn: LinkedFunction, structure: Structure, flow: Flow, calls: number): Tally {
  const known = new Map<Statement, Count>();

  function begins(statement: Statement): Count {
    const count = known.get(statement);
    if (count !== undefined) return count;
    // A `goto` in a circle of statements without instructions has no count to start from.
    known.set(statement, null);
    const result = countBegins(statement);
    known.set(statement, result);
    return result;
  }

  function countBegins(statement: Statement): Count {
    const own = fn.ownExtent(statement);
    if (own === null) return reaches(statement);
    return minus(flow.count(own.first), rounds(statement, own.first));
  }

  /**
   * How often a statement came back to its first instruction by itself, not by a `goto` from inside to before
   * it: a loop, or what begins with one, as `if true then repeat …`.
   */
  function rounds(statement: Statement, first: number): Count {
    const last = fn.extent(statement)?.last ?? first;
    const inside = flow.into(first).filter(({ from }) => from >= first && from <= last);
    const back = inside.reduce((sum, edge) => sum + edge.count, 0);
    return minus(back, total(gotosBefore(statement, first).map(begins)));
  }

  function gotosBefore(statement: Statement, first: number): Statement[] {
    const { start, end } = spanOf(statement);
    const labels = [...structure.places.keys()].filter((each) => each.type === "LabelStatement");
    return labels
      .filter((label) => spanOf(label).start < start && firstCodeBehind(label) === first)
      .flatMap((label) => structure.gotos(label))
      .filter((goto) => spanOf(goto).start > start && spanOf(goto).end <= end);
  }

  function firstCodeBehind(label: Statement): number | null {
    const place = structure.places.get(label);
    const following = place?.block.statements.slice(place.index + 1) ?? [];
    return following.map(fn.ownExtent).find((extent) => extent !== null)?.first ?? null;
  }

  function reaches(statement: Statement): Count {
    const place = structure.places.get(statement);
    if (place === undefined) return null;
    const previous = place.block.statements[place.index - 1];
    return previous === undefined ? entries(place.block) : completes(previous);
  }

  function entries({ owner, statements }: Block): Count {
    if (owner === null) return calls;
    if (owner.kind === "do") return begins(owner.statement);
    if (owner.kind === "clause") return clauseEntries(owner.statement, owner.clause);
    const loop = owner.statement;
    if (loop.type === "ForNumericStatement" || loop.type === "ForGenericStatement")
      return forEdges(loop).entered;
    if (loop.type === "RepeatStatement") return plus(begins(loop), loopVerdicts(loop).falsy);
    return loopVerdicts(loop).truthy ?? headCount(statements, loop);
  }

  /** Rounds of a loop without a tested condition: what follows its first, codeless statements. */
  function headCount(statements: readonly Statement[], loop: Statement): Count {
    const first = statements.find((each) => fn.ownExtent(each) !== null);
    if (first === undefined) return structure.places.has(loop) ? reaches(loop) : null;
    return first.type === "LabelStatement" ? null : begins(first);
  }

  function clauseEntries(statement: IfStatement, clause: Clause): Count {
    if (clause.type === "ElseClause") return reached(statement, clause);
    return clauseVerdicts(statement, clause).truthy;
  }

  function reached(statement: IfStatement, clause: Clause): Count {
    const previous = statement.clauses[statement.clauses.indexOf(clause) - 1];
    return previous === undefined ? begins(statement) : clauseVerdicts(statement, previous).falsy;
  }

  function clauseVerdicts(statement: IfStatement, clause: Clause): Verdicts {
    if (clause.type === "ElseClause") return unknown;
    return expressionVerdicts(clause.condition, () => reached(statement, clause));
  }

  function loopVerdicts(loop: WhileStatement | RepeatStatement): Verdicts {
    return expressionVerdicts(loop.condition, () => null);
  }

  function expressionVerdicts(expression: Expression, entered: () => Count): Verdicts {
    const condition = fn.conditions?.get(expression);
    if (condition === undefined) return unknown;
    const needsEntered = condition.kind === "leaf" && condition.test === null;
    return verdicts(condition, needsEntered ? entered() : null);
  }

  const verdicts: Tally["verdicts"] = (condition, entered, onLeaf) =>
    evaluate(condition, entered, leafCounts, onLeaf);

  function leafCounts(leaf: Leaf): { truthy: number; falsy: number } | null {
    const decision = leaf.test === null ? undefined : fn.proto.decisions[leaf.test];
    if (leaf.test === null || decision === undefined) return null;
    const truthyJumps = decision.jumpsIf !== leaf.inverted;
    const [jumped, fell] = [flow.jumped(leaf.test), flow.fell(leaf.test)];
    return truthyJumps ? { truthy: jumped, falsy: fell } : { truthy: fell, falsy: jumped };
  }

  function forEdges(statement: Statement): { entered: number; ended: number } {
    const pcs = fn.loops(statement);
    const add = (count: (pc: number) => number) => pcs.reduce((sum, pc) => sum + count(pc), 0);
    return { entered: add(flow.jumped), ended: add(flow.fell) };
  }

  /** How often control came out at the end of a statement. */
  function completes(statement: Statement): Count {
    switch (statement.type) {
      case "BreakStatement":
      case "GotoStatement":
      case "ReturnStatement":
        return 0;
      case "LabelStatement":
        return plus(begins(statement), total(structure.gotos(statement).map(begins)));
      case "DoStatement":
        return blockCompletes(statement.body, () => begins(statement));
      case "IfStatement":
        return ifCompletes(statement);
      case "WhileStatement":
        return plus(
          isAlways(statement.condition, true) ? 0 : loopVerdicts(statement).falsy,
          breaksOut(statement),
        );
      case "RepeatStatement":
        return plus(repeatEnds(statement), breaksOut(statement));
      case "ForNumericStatement":
      case "ForGenericStatement":
        return plus(forEdges(statement).ended, breaksOut(statement));
      default:
        return simpleCompletes(statement);
    }
  }

  function ifCompletes(statement: IfStatement): Count {
    const ends = statement.clauses.map((clause) =>
      blockCompletes(clause.body, () => clauseEntries(statement, clause)),
    );
    const last = statement.clauses.at(-1);
    const without =
      last === undefined || last.type === "ElseClause" ? 0 : clauseVerdicts(statement, last).falsy;
    return plus(total(ends), without);
  }

  function repeatEnds(loop: RepeatStatement): Count {
    if (isAlways(loop.condition, true)) return blockCompletes(loop.body, () => begins(loop));
    return loopVerdicts(loop).truthy;
  }

  function isAlways(expression: Expression, value: boolean): boolean {
    const condition = fn.conditions?.get(expression);
    return condition !== undefined && constantOf(condition) === value;
  }

  function breaksOut(loop: LoopStatement): Count {
    return total(structure.breaks(loop).map(begins));
  }

  function blockCompletes(statements: readonly Statement[], entered: () => Count): Count {
    const last = statements.at(-1);
    return last === undefined ? entered() : completes(last);
  }

  /** What arrives behind the last instruction, from there or by a jump of the statement's own. */
  function simpleCompletes(statement: Statement): Count {
    const own = fn.ownExtent(statement);
    if (own === null) return begins(statement);
    const next = own.last + 1;
    const others = flow.into(next).filter(({ from }) => from < own.first || from > own.last);
    return others.reduce((count, edge) => count - edge.count, flow.count(next));
  }

  return { begins, verdicts, reached, forEdges };
}

function plus(a: Count, b: Count): Count {
  return a === null || b === null ? null : a + b;
}

function minus(a: Count, b: Count): Count {
  return a === null || b === null ? null : a - b;
}

function total(counts: readonly Count[]): Count {
  return counts.reduce(plus, 0);
}
