import type { Structure } from "../../../source/structure.js";
import type { Tokens } from "../../../source/tokens.js";
import type {
  Expression,
  FunctionDeclaration,
  FunctionNeeds,
  Node,
  Statement,
  Suffix,
} from "../../../source/tree.js";
import type { BranchPlace } from "../../sites/branches.js";
import type { Insertion, ProbeCode } from "../insertions.js";
import type { Figure, Figures } from "./figures.js";
import type { IsQuiet } from "./quiet.js";
import type { Tight } from "./tight.js";

/** How often each arm of a branch was taken, and each operand was true. */
export interface BranchFigures {
  readonly arms: readonly Figure[];
  readonly truthy: readonly Figure[];
}

/** What the parts of planning share while they go through one text. */
export interface Planning {
  readonly tokens: Tokens;
  readonly isQuiet: IsQuiet;
  readonly figures: Figures;
  /** In the end in the order of the text; those at the same place as they were made. */
  readonly insertions: Insertion[];
  /** What is in none of these never happens. */
  readonly statements: Map<Statement, Figure>;
  readonly functions: Map<FunctionDeclaration, Figure>;
  readonly branches: Map<Node, BranchFigures>;
  /** Sites that cannot be counted exactly. */
  readonly unknown: Set<Node>;
  /** The functions without probes of their own. */
  readonly tight: Tight;
  /** Those in which a probe would need more registers than there are. */
  readonly crowded: Set<FunctionDeclaration | null>;
  /** How many registers hold arguments and operands that wait for others. */
  registers: number;
  /** The branches that are sites, by what decides. */
  readonly places: ReadonlyMap<Node, BranchPlace>;
  /** The function that is being gone through, null for the main one, and what of it no path leads to. */
  fn: FunctionDeclaration | null;
  needs: FunctionNeeds;
  dead: ReadonlySet<Statement>;
  structure: Structure;
  /** Its declarations of variables that are closed. */
  closing: readonly Statement[];
  planBlock(statements: readonly Statement[], entry: Figure | null): Figure | null;
  planFunction(fn: FunctionDeclaration): void;
  /**
   * Goes through an expression that was reached as often as a figure says, or null where nobody knows. Gives the same
   * figure where the expression always comes to its end, else null.
   */
  planExpression(expression: Expression, reached: Figure | null): Figure | null;
  planSuffixes(suffixes: readonly Suffix[], reached: Figure | null): void;
}

export function insert(planning: Planning, at: number, code: ProbeCode): void {
  planning.insertions.push({ at, fn: planning.fn, code });
}

export function insertText(planning: Planning, at: number, text: string): void {
  insert(planning, at, { kind: "text", text });
}

/** A statement that counts how often control passes here. */
export function countAt(planning: Planning, at: number): Figure {
  const { figure, counter } = planning.figures.counter();
  insert(planning, at, { kind: "count", counter });
  return figure;
}

/** The expressions one after the other, as long as each comes to its end; each keeps a register. */
export function planExpressions(
  planning: Planning,
  expressions: readonly Expression[],
  reached: Figure | null,
): Figure | null {
  const { registers } = planning;
  let known = reached;
  for (const each of expressions) {
    known = planning.planExpression(each, known);
    planning.registers++;
  }
  planning.registers = registers;
  return known;
}

/** Whether a block closes variables where it ends, which may raise. */
export function closesVariable(statements: readonly Statement[]): boolean {
  return statements.some((each) => each.type === "LocalStatement" && each.attributes.includes("close"));
}

/** Whether a probe at the end of a block would count how often control comes out there. */
export function canCountEnd(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  return last !== undefined && last.type !== "LabelStatement" && !closesVariable(statements);
}
