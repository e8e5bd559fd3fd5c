import type {
  BinaryExpression,
  Expression,
  LogicalExpression,
  Open,
  Suffix,
  SuffixedExpression,
  TableConstructor,
  TableField,
} from "../tree.js";
import type { Parsing } from "./parsing.js";

/** How strongly an operator binds to its left and to its right, as in lparser.c. */
const priorities: ReadonlyMap<string, readonly [left: number, right: number]> = new Map(
  Object.entries({
    or: [1, 1],
    and: [2, 2],
    "<": [3, 3],
    ">": [3, 3],
    "<=": [3, 3],
    ">=": [3, 3],
    "~=": [3, 3],
    "==": [3, 3],
    "|": [4, 4],
    "~": [5, 5],
    "&": [6, 6],
    "<<": [7, 7],
    ">>": [7, 7],
    "..": [9, 8],
    "+": [10, 10],
    "-": [10, 10],
    "*": [11, 11],
    "/": [11, 11],
    "//": [11, 11],
    "%": [11, 11],
    "^": [14, 13],
  } as const),
);
const unaryPriority = 12;
const prefixes: ReadonlySet<string> = new Set(["not", "-", "#", "~"]);

export function parseExpression(parsing: Parsing): Expression {
  return parseOperators(parsing, 0);
}

/** An array that items were pushed to has room for a dozen more: most lists have one or two, and are written as such. */
export function parseExpressions(parsing: Parsing): Expression[] {
  const { stream } = parsing;
  const first = parseExpression(parsing);
  if (!stream.take(",")) return [first];
  const expressions = [first, parseExpression(parsing)];
  if (!stream.is(",")) return expressions;
  while (stream.take(",")) expressions.push(parseExpression(parsing));
  return expressions.slice();
}

/** An expression whose operators bind more strongly than a limit. */
function parseOperators(parsing: Parsing, limit: number): Expression {
  const { stream } = parsing;
  parsing.enterLevel();
  const { start } = stream.current;
  let left = parseOperand(parsing);
  for (;;) {
    const operator = stream.symbol;
    const priority = priorities.get(operator);
    if (priority === undefined || priority[0] <= limit) break;
    stream.next();
    left = join(left, operator, parseOperators(parsing, priority[1]), start, stream.previous.end);
  }
  parsing.leaveLevel();
  return left;
}

function parseOperand(parsing: Parsing): Expression {
  const { stream } = parsing;
  if (!prefixes.has(stream.symbol)) return parseSimple(parsing);
  const { start, symbol } = stream.next();
  const argument = parseOperators(parsing, unaryPriority);
  return { type: "UnaryExpression", start, end: stream.end, operator: symbol, argument };
}

/** Adds an operand to a chain of operators of the same precedence, or begins one. */
function join(left: Expression, operator: string, right: Expression, start: number, end: number): Expression {
  if (operator === "and" || operator === "or") {
    if (left.type === "LogicalExpression" && left.operator === operator && left.inParens === undefined) {
      return extended<LogicalExpression>(left, end, (chain) => append(chain.operands, right));
    }
    return { type: "LogicalExpression", start, end, operator, operands: [left, right] };
  }
  if (left.type === "BinaryExpression" && left.inParens === undefined && isSameChain(left, operator)) {
    return extended<BinaryExpression>(left, end, (chain) => {
      append(chain.operators, operator);
      append(chain.operands, right);
    });
  }
  return { type: "BinaryExpression", start, end, operators: [operator], operands: [left, right] };
}

/** Operators that are read from left to right, with the same precedence. */
function isSameChain({ operators }: BinaryExpression, operator: string): boolean {
  const [first = ""] = operators;
  const [left, right] = priorities.get(operator) ?? [0, 0];
  return left === right && priorities.get(first)?.[0] === left;
}

/** Nobody else has seen a chain that is still being read. */
function extended<Chain extends BinaryExpression | LogicalExpression>(
  chain: Chain,
  end: number,
  extend: (chain: Chain) => void,
): Chain {
  const open: Open<Chain> = chain;
  open.end = end;
  extend(chain);
  return chain;
}

function append<Item>(list: readonly Item[], item: Item): void {
  (list as Item[]).push(item);
}

function parseSimple(parsing: Parsing): Expression {
  const { stream } = parsing;
  const { start, end, value } = stream.current;
  switch (stream.symbol) {
    case "<number>":
      stream.next();
      return { type: "NumericLiteral", start, end };
    case "<string>":
      stream.next();
      return { type: "StringLiteral", start, end, value };
    case "nil":
      stream.next();
      return { type: "NilLiteral", start, end };
    case "true":
    case "false":
      return { type: "BooleanLiteral", start, end, value: stream.next().symbol === "true" };
    case "...":
      if (!parsing.scopes.isVararg) stream.fail("cannot use '...' outside a vararg function");
      stream.next();
      return { type: "VarargLiteral", start, end };
    case "{":
      return parseTable(parsing);
    case "function":
      return parsing.parseFunction(stream.next(), null, false);
    default:
      return parseSuffixed(parsing);
  }
}

/** A name or an expression in parentheses, and what stands behind it. */
export function parseSuffixed(parsing: Parsing): Expression {
  const { stream } = parsing;
  const { start, line } = stream.current;
  const base = parsePrimary(parsing);
  const first = parseSuffix(parsing, line);
  if (first === null) return base;
  const suffixes = parseSuffixes(parsing, first, line);
  return { type: "SuffixedExpression", start, end: stream.end, base, suffixes };
}

function parseSuffixes(parsing: Parsing, first: Suffix, line: number): Suffix[] {
  const second = parseSuffix(parsing, line);
  if (second === null) return [first];
  const suffixes = [first, second];
  for (let suffix = parseSuffix(parsing, line); suffix !== null; suffix = parseSuffix(parsing, line)) {
    suffixes.push(suffix);
  }
  return suffixes.length === 2 ? suffixes : suffixes.slice();
}

function parsePrimary(parsing: Parsing): Expression {
  const { stream, scopes } = parsing;
  if (stream.isName()) {
    const name = stream.name();
    scopes.use(name);
    return name;
  }
  if (!stream.is("(")) stream.fail("unexpected symbol");
  const opening = stream.next();
  const inside = parseExpression(parsing);
  stream.expectMatch(")", opening);
  const open: Open<Expression> = inside;
  open.inParens = true;
  return inside;
}

/** `line` is where the whole chain began. */
function parseSuffix(parsing: Parsing, line: number): Suffix | null {
  const { stream } = parsing;
  const { start } = stream.current;
  switch (stream.symbol) {
    case ".": {
      stream.next();
      const identifier = stream.name();
      return { type: "MemberSuffix", start, end: stream.end, identifier };
    }
    case "[": {
      const index = parseIndex(parsing);
      return { type: "IndexSuffix", start, end: stream.end, index };
    }
    case ":": {
      stream.next();
      const method = stream.name();
      return {
        type: "CallSuffix",
        method,
        arguments: parseArguments(parsing, line),
        start,
        end: stream.end,
      };
    }
    case "(":
    case "<string>":
    case "{":
      return {
        type: "CallSuffix",
        method: null,
        arguments: parseArguments(parsing, line),
        start,
        end: stream.end,
      };
    default:
      return null;
  }
}

function parseIndex(parsing: Parsing): Expression {
  parsing.stream.expect("[");
  const index = parseExpression(parsing);
  parsing.stream.expect("]");
  return index;
}

function parseArguments(parsing: Parsing, line: number): readonly Expression[] {
  const { stream } = parsing;
  switch (stream.symbol) {
    case "<string>":
      return [parseSimple(parsing)];
    case "{":
      return [parseTable(parsing)];
    case "(":
      return parseParenthesised(parsing, line);
    default:
      return stream.fail("function arguments expected");
  }
}

function parseParenthesised(parsing: Parsing, line: number): readonly Expression[] {
  const { stream } = parsing;
  if (!stream.dialect.callsOverLines && stream.current.line !== stream.previous.line) {
    stream.fail("ambiguous syntax (function call x new statement)");
  }
  const parenthesis = stream.next();
  // Lua 5.2 and 5.3 take a parenthesis for one on the line where the chain began.
  const isOld = stream.dialect.callsOverLines && !stream.dialect.attributes;
  const opening = isOld ? { ...parenthesis, line } : parenthesis;
  if (stream.take(")")) return [];
  const values = parseExpressions(parsing);
  stream.expectMatch(")", opening);
  return values;
}

function parseTable(parsing: Parsing): TableConstructor {
  const { stream } = parsing;
  const opening = stream.expect("{");
  const fields: TableField[] = [];
  while (!stream.is("}")) {
    fields.push(parseField(parsing));
    if (!stream.take(",") && !stream.take(";")) break;
  }
  stream.expectMatch("}", opening);
  return { type: "TableConstructor", start: opening.start, end: stream.end, fields: fields.slice() };
}

function parseField(parsing: Parsing): TableField {
  const { stream } = parsing;
  const { start } = stream.current;
  if (stream.is("[")) {
    const key = parseIndex(parsing);
    stream.expect("=");
    const value = parseExpression(parsing);
    return { type: "TableKey", start, end: stream.end, key, value };
  }
  if (stream.isName() && stream.peek().symbol === "=") {
    const key = stream.name();
    stream.expect("=");
    const value = parseExpression(parsing);
    return { type: "TableKeyString", start, end: stream.end, key, value };
  }
  const value = parseExpression(parsing);
  return { type: "TableValue", start, end: stream.end, value };
}

/** Whether an expression is a call, which may stand as a statement. */
export function isCall(expression: Expression): expression is SuffixedExpression {
  return expression.type === "SuffixedExpression" && lastSuffix(expression)?.type === "CallSuffix";
}

export function lastSuffix({ suffixes }: SuffixedExpression): Suffix | undefined {
  return suffixes.at(-1);
}
