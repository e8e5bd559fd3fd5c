import type { AssignmentStatement, Expression, Statement } from "../../../source/tree.js";
import { planIf } from "./clauses.js";
import { countEntry } from "./entries.js";
import { type Figure, never } from "./figures.js";
import { planLoop } from "./loops.js";
import { closesVariable, type Planning, planExpressions } from "./planning.js";

/**
 * The statements of a block that began as often as `entry` says, or null where nobody has counted that. Gives how often
 * control came out at its end, or null where that is not known. A statement is counted by a probe before it, unless it
 * begins whenever the one before it did, since that one always comes to its end.
 */
export function planBlock(
  planning: Planning,
  statements: readonly Statement[],
  entry: Figure | null,
): Figure | null {
  let arrivals = entry;
  for (const [index, statement] of statements.entries()) {
    if (statement.type === "LabelStatement") {
      if (planning.structure.gotos(statement).length > 0) arrivals = null;
    } else if (planning.dead.has(statement)) arrivals = never;
    else if (arrivals !== never) arrivals = planOne(planning, statements, index, arrivals);
  }
  return closesVariable(statements) && arrivals !== never ? null : arrivals;
}

function planOne(
  planning: Planning,
  statements: readonly Statement[],
  index: number,
  arrivals: Figure | null,
): Figure | null {
  const [statement, next] = [statements[index], statements[index + 1]];
  if (statement === undefined || statement.type === "LabelStatement") return arrivals;
  if (statement.type === "DoStatement") return planBlock(planning, statement.body, arrivals);
  const begin = arrivals ?? countEntry(planning, statements, index, statement.start);
  planning.statements.set(statement, begin);
  const following =
    next !== undefined && next.type !== "LabelStatement" && !planning.dead.has(next) ? next : null;
  return planStatement(planning, statement, following, begin);
}

function planStatement(
  planning: Planning,
  statement: Exclude<Statement, { type: "DoStatement" }>,
  following: Statement | null,
  begin: Figure,
): Figure | null {
  switch (statement.type) {
    case "IfStatement":
      return planIf(planning, statement, begin, following?.start ?? null);
    case "WhileStatement":
    case "RepeatStatement":
    case "ForNumericStatement":
    case "ForGenericStatement":
      return planLoop(planning, statement, begin, following?.start ?? statement.end);
    case "BreakStatement":
    case "GotoStatement":
      return never;
    case "ReturnStatement":
      planExpressions(planning, statement.arguments, begin);
      return never;
    default:
      return planSimple(planning, statement, begin);
  }
}

type Simple = Extract<
  Statement,
  {
    type:
      | "LocalStatement"
      | "GlobalStatement"
      | "CallStatement"
      | "AssignmentStatement"
      | "FunctionDeclaration"
      | "LabelStatement";
  }
>;

/** How often a statement came to its end: as often as it began, where nothing in it can raise or yield. */
function planSimple(planning: Planning, statement: Simple, begin: Figure): Figure | null {
  switch (statement.type) {
    case "LabelStatement":
      return begin;
    case "FunctionDeclaration":
      planning.planFunction(statement);
      return isLocal(statement.identifier?.names) ? begin : null;
    case "LocalStatement": {
      const known = planExpressions(planning, statement.init, begin);
      return statement.attributes.includes("close") ? null : known;
    }
    case "GlobalStatement":
      planExpressions(planning, statement.init, begin);
      return statement.init.length === 0 ? begin : null;
    case "CallStatement":
      return planning.planExpression(statement.expression, begin);
    case "AssignmentStatement":
      return planAssignment(planning, statement, begin);
  }
}

/** What is to be assigned to is looked up first, all but its last field. */
function planAssignment(
  planning: Planning,
  { variables, init }: AssignmentStatement,
  begin: Figure,
): Figure | null {
  const known = variables.reduce<Figure | null>((figure, each) => planTarget(planning, each, figure), begin);
  const whole = planExpressions(planning, init, known);
  return variables.every((each) => each.type === "Identifier" && isLocal([each])) ? whole : null;
}

function planTarget(planning: Planning, variable: Expression, reached: Figure | null): Figure | null {
  if (variable.type !== "SuffixedExpression") return reached;
  const { base, suffixes } = variable;
  const known = planning.planExpression(base, reached);
  const last = suffixes.at(-1);
  const isPlain = suffixes.length === 1 && last !== undefined && last.type !== "CallSuffix";
  if (isPlain) return last.type === "IndexSuffix" ? planning.planExpression(last.index, known) : known;
  planning.planSuffixes(suffixes, known);
  return null;
}

/** Whether a name alone stands for a local. */
function isLocal(path: readonly Expression[] | undefined): boolean {
  const [first] = path ?? [];
  return path?.length === 1 && first?.type === "Identifier" && first.variable !== null;
}
