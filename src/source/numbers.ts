import { findFunctions } from "./functions.js";
import type { Structure } from "./structure.js";
import type { Syntax } from "./syntax.js";
import type {
  AssignmentStatement,
  Expression,
  FunctionDeclaration,
  LocalStatement,
  LocalVariable,
  Statement,
} from "./tree.js";

/** Which expressions are numbers whenever they have a value. */
export interface Numbers {
  isNumber(expression: Expression): boolean;
  /** Whether it is a numeral, other than 0. */
  isNonZero(expression: Expression): boolean;
}

export const arithmetic: readonly string[] = ["+", "-", "*", "/", "%", "//", "^"];
/** There is no end to how long a chain of variables could make this. */
const maxPasses = 10;

/**
 * Finds the locals that nothing but numbers is ever assigned to, and what is worked out of them. `structures` are those
 * of all functions.
 */
export function findNumbers(syntax: Syntax, structures: readonly Structure[]): Numbers {
  const { text } = syntax;
  const assigned = new Map<LocalVariable, Value[]>();
  const note: Note = (variable, value) => {
    if (variable === null) return;
    const values = assigned.get(variable);
    if (values === undefined) assigned.set(variable, [value]);
    else values.push(value);
  };
  const numeric = new Set<LocalVariable>();
  for (const { node } of findFunctions(syntax)) noteFunction(node, note);
  for (const { statements } of structures) {
    for (const statement of statements) noteStatement(statement, numeric, note);
  }

  const isNumber = (expression: Expression): boolean => {
    switch (expression.type) {
      case "NumericLiteral":
        return !/[iIlL]$/.test(text(expression));
      case "Identifier":
        return expression.variable !== null && numeric.has(expression.variable);
      case "UnaryExpression":
        return expression.operator === "-" && isNumber(expression.argument);
      case "BinaryExpression":
        return (
          expression.operators.every((each) => arithmetic.includes(each)) &&
          expression.operands.every(isNumber)
        );
      default:
        return false;
    }
  };
  settle(numeric, assigned, isNumber);
  const isNonZero = (expression: Expression) =>
    expression.type === "NumericLiteral" && /^(?!0x)[\d.]*[1-9]/i.test(text(expression));
  return { isNumber, isNonZero };
}

/** Takes away what is no number, and what is worked out of it. */
function settle(
  numeric: Set<LocalVariable>,
  assigned: ReadonlyMap<LocalVariable, readonly Value[]>,
  isNumber: (expression: Expression) => boolean,
): void {
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = numeric.size;
    for (const variable of numeric) {
      const values = assigned.get(variable) ?? [];
      const isNumeric = (value: Value) => value === "number" || (value !== null && isNumber(value));
      if (!values.every(isNumeric)) numeric.delete(variable);
    }
    if (numeric.size === before) return;
  }
  numeric.clear();
}

/** Lua itself sees to it that the variable of a loop is a number; null is a value that nobody knows. */
type Value = Expression | "number" | null;
type Note = (variable: LocalVariable | null, value: Value) => void;

/** A function may be what a variable is set to. */
function noteFunction({ identifier }: FunctionDeclaration, note: Note): void {
  const [name] = identifier?.names ?? [];
  if (name !== undefined) note(name.variable, null);
}

/** `numeric` gets the variables whose first value is seen in the text: no parameters, and none of a generic `for`. */
function noteStatement(statement: Statement, numeric: Set<LocalVariable>, note: Note): void {
  switch (statement.type) {
    case "LocalStatement":
      for (const each of statement.variables) addVariable(each.variable, numeric);
      noteValues(statement, note);
      break;
    case "AssignmentStatement":
      noteValues(statement, note);
      break;
    case "ForNumericStatement":
      addVariable(statement.variable.variable, numeric);
      note(statement.variable.variable, "number");
  }
}

function addVariable(variable: LocalVariable | null, variables: Set<LocalVariable>): void {
  if (variable !== null) variables.add(variable);
}

function noteValues({ variables, init }: LocalStatement | AssignmentStatement, note: Note): void {
  for (const [index, variable] of variables.entries()) {
    if (variable.type === "Identifier") note(variable.variable, init[index] ?? null);
  }
}
