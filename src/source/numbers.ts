import type { LocalVariable, Names } from "./names.js";
import { childrenOf, type Syntax } from "./syntax.js";
import type { AssignmentStatement, Expression, Identifier, LocalStatement, Node } from "./tree.js";

/** Which expressions are numbers whenever they have a value. */
export interface Numbers {
  isNumber(expression: Expression): boolean;
  /** Whether it is a numeral, other than 0. */
  isNonZero(expression: Expression): boolean;
}

export const arithmetic: readonly string[] = ["+", "-", "*", "/", "%", "//", "^"];
/** There is no end to how long a chain of variables could make this. */
const maxPasses = 10;

/** Finds the locals that nothing but numbers is ever assigned to, and what is worked out of them. */
export function findNumbers({ body, text }: Syntax, names: Names): Numbers {
  const assigned = new Map<LocalVariable, Value[]>();
  const note: Note = (variable, value) => {
    if (variable === undefined) return;
    const values = assigned.get(variable);
    if (values === undefined) assigned.set(variable, [value]);
    else values.push(value);
  };
  const visit = (node: Node): void => {
    noteAssignments(node, names, note);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const statement of body) visit(statement);

  const numeric = declaredWithValue(body, names);
  const isNumber = (expression: Expression): boolean => {
    switch (expression.type) {
      case "NumericLiteral":
        return !/[iIlL]$/.test(text(expression));
      case "Identifier": {
        const variable = names.variable(expression);
        return variable !== undefined && numeric.has(variable);
      }
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
type Note = (variable: LocalVariable | undefined, value: Value) => void;

/** The variables whose first value is seen in the text: no parameters. */
function declaredWithValue(body: Syntax["body"], names: Names): Set<LocalVariable> {
  const found = new Set<LocalVariable>();
  const add = (name: Identifier) => {
    const variable = names.variable(name);
    if (variable !== undefined) found.add(variable);
  };
  const visit = (node: Node): void => {
    if (node.type === "LocalStatement") node.variables.forEach(add);
    if (node.type === "ForNumericStatement") add(node.variable);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const statement of body) visit(statement);
  return found;
}

function noteAssignments(node: Node, names: Names, note: Note): void {
  switch (node.type) {
    case "LocalStatement":
    case "AssignmentStatement":
      return noteValues(node, names, note);
    case "ForNumericStatement":
      return note(names.variable(node.variable), "number");
    case "ForGenericStatement":
      for (const each of node.variables) note(names.variable(each), null);
      return;
    case "FunctionDeclaration":
      for (const each of node.parameters) note(names.variable(each), null);
      for (const each of node.identifier?.names.slice(0, 1) ?? []) note(names.variable(each), null);
  }
}

function noteValues({ variables, init }: LocalStatement | AssignmentStatement, names: Names, note: Note): void {
  for (const [index, variable] of variables.entries()) {
    if (variable.type === "Identifier") note(names.variable(variable), init[index] ?? null);
  }
}
