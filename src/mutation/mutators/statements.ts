import { firstTokenAt, tokenBehind } from "../../source/tokens.js";
import type { Expression, Node, Statement } from "../../source/tree.js";
import { withParens } from "./extent.js";
import type { Change, Mutator, Surroundings } from "./mutator.js";

/**
 * The body of a function or of a `for` that does nothing, and the arms of an `if` that has an `else`: without one, that is
 * what a condition does that never holds.
 */
export const blockStatement: Mutator = (node, { syntax }) => {
  switch (node.type) {
    case "FunctionDeclaration":
      return emptied(node.body, "the function does nothing", syntax);
    case "ForNumericStatement":
    case "ForGenericStatement":
      return emptied(node.body, "the loop does nothing", syntax);
    case "IfStatement":
      if (node.clauses.at(-1)?.type !== "ElseClause") return [];
      return node.clauses.flatMap(({ type, body }) =>
        emptied(body, `the block of ${type === "ElseClause" ? "else" : "if"} does nothing`, syntax),
      );
    default:
      return [];
  }
};

/** A call whose values nobody wants, left out. */
export const callStatement: Mutator = (node) => {
  if (node.type !== "CallStatement") return [];
  const { start, end } = node;
  // Nothing at all could join what stands before and behind it.
  return [{ start, end, replacement: "do end", description: "removed the call" }];
};

/** A function that returns nothing in place of a value, and no reason beside nil. What a file returns is its module. */
export const returnValue: Mutator = (node, { syntax, around }) => {
  if (node.type !== "ReturnStatement" || !isInFunction(around)) return [];
  const [first, ...others] = node.arguments;
  const last = node.arguments.at(-1);
  if (first === undefined || last === undefined) return [];
  const { tokens } = syntax;
  const end = tokens.end(tokenBehind(tokens, last) - 1);
  if (first.type === "NilLiteral") {
    if (others.length === 0) return [];
    const start = tokens.end(tokenBehind(tokens, first) - 1);
    return [{ start, end, replacement: "", description: "removed what is returned beside nil" }];
  }
  if (others.length > 0 || first.type === "BooleanLiteral") return [];
  const { start } = withParens(syntax, first, "closing");
  return [{ start, end, replacement: "nil", description: "returns nil" }];
};

/** The first two arguments of a call, one in place of the other. */
export const argumentOrder: Mutator = (node, { syntax }) => {
  if (node.type !== "CallSuffix") return [];
  const [first, second] = node.arguments;
  if (first === undefined || second === undefined) return [];
  const [a, b] = [withParens(syntax, first, "closing"), withParens(syntax, second, "opening")];
  const [textOfA, textOfB] = [syntax.text(a), syntax.text(b)];
  if (textOfA === textOfB) return [];
  const between = syntax.text({ start: a.end, end: b.start });
  const replacement = `${textOfB}${between}${textOfA}`;
  return [{ start: a.start, end: b.end, replacement, description: "swapped the first two arguments" }];
};

/** A loop that ends one round earlier. What is a number is one that has a change of its own. */
export const loopBoundary: Mutator = (node, { syntax }) => {
  if (node.type !== "ForNumericStatement" || node.limit.type === "NumericLiteral") return [];
  const { limit } = node;
  const text = syntax.text(limit);
  const replacement = isTight(limit) ? `${text} - 1` : `(${text}) - 1`;
  const { start, end } = limit;
  return [{ start, end, replacement, description: "the loop ends one round earlier" }];
};

function isTight({ type }: Expression): boolean {
  return type === "Identifier" || type === "SuffixedExpression" || type === "UnaryExpression";
}

function emptied(
  body: readonly Statement[],
  description: string,
  { tokens }: Surroundings["syntax"],
): Change[] {
  const [first] = body;
  const last = body.at(-1);
  if (first === undefined || last === undefined) return [];
  const behind = firstTokenAt(tokens, last.end);
  // In Lua 5.1 no semicolon stands alone.
  const end = tokens.symbol(behind) === ";" ? tokens.end(behind) : last.end;
  const within = (body.find(isExecuted) ?? first).start;
  return [{ start: first.start, end, replacement: "", description, within }];
}

/** Whether it counts as a statement that runs. */
function isExecuted(statement: Statement): boolean {
  if (statement.type === "LocalStatement") return statement.init.length > 0;
  return statement.type !== "LabelStatement" && statement.type !== "GlobalStatement";
}

function isInFunction(around: readonly Node[]): boolean {
  return around.some(({ type }) => type === "FunctionDeclaration");
}
