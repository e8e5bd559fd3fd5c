import type {
  AssignmentStatement,
  Clause,
  ElseClause,
  Expression,
  FunctionName,
  Identifier,
  IfClause,
  LoopStatement,
  Statement,
} from "../tree.js";
import { parseDeclaration, parseGlobal } from "./declarations.js";
import { isCall, lastSuffix, parseExpression, parseExpressions, parseSuffixed } from "./expressions.js";
import type { Parsing } from "./parsing.js";

/** The statements up to what ends their block: `end`, `else`, `elseif`, `until` or the end of the text. */
export function parseBlock(parsing: Parsing): Statement[] {
  const { stream, scopes } = parsing;
  const statements: Statement[] = [];
  while (!isBlockEnd(parsing)) {
    if (!stream.is("::") && !stream.is(";")) scopes.reachLabels(false);
    const mustBeLast = stream.is("return") || (stream.is("break") && !stream.dialect.freeStatements);
    const statement = parseStatement(parsing);
    if (statement !== null) statements.push(statement);
    if (!stream.dialect.freeStatements && statement?.type !== "ReturnStatement") takeSemicolon(parsing);
    if (mustBeLast) break;
  }
  scopes.reachLabels(!stream.is("until"));
  // An array that items were pushed to has room for more of them, and there may be a million blocks.
  return statements.slice();
}

/** Where a `;` is no statement it belongs to the one before it: a label there is not the last thing of its block. */
function takeSemicolon({ stream, scopes }: Parsing): void {
  if (stream.is(";")) scopes.reachLabels(false);
  stream.take(";");
}

function isBlockEnd({ stream }: Parsing): boolean {
  switch (stream.symbol) {
    case "<eof>":
    case "end":
    case "else":
    case "elseif":
    case "until":
      return true;
    default:
      return false;
  }
}

/** Null for a lone `;`. */
function parseStatement(parsing: Parsing): Statement | null {
  parsing.enterLevel();
  const statement = parseKind(parsing);
  parsing.leaveLevel();
  return statement;
}

function parseKind(parsing: Parsing): Statement | null {
  const { stream } = parsing;
  switch (stream.symbol) {
    case "if":
      return parseIf(parsing);
    case "while":
      return parseWhile(parsing);
    case "do":
      return parseDo(parsing);
    case "for":
      return parseFor(parsing);
    case "repeat":
      return parseRepeat(parsing);
    case "function":
      return parseNamedFunction(parsing);
    case "local":
      return parseDeclaration(parsing);
    case "return":
      return parseReturn(parsing);
    case "break":
      return parseBreak(parsing);
    default:
      return parseOther(parsing);
  }
}

function parseOther(parsing: Parsing): Statement | null {
  const { stream } = parsing;
  if (stream.dialect.freeStatements && stream.take(";")) return null;
  if (stream.is("::")) return parseLabel(parsing);
  if (stream.is("goto") && (stream.dialect.goto === "reserved" || stream.peek().symbol === "<name>"))
    return parseGoto(parsing);
  return parseGlobal(parsing) ?? parseExpressionStatement(parsing);
}

/** A block in a scope of its own. */
function parseScoped(parsing: Parsing, isLoop: boolean): Statement[] {
  parsing.scopes.enterBlock(isLoop);
  const body = parseBlock(parsing);
  parsing.scopes.leaveBlock();
  return body;
}

function parseIf(parsing: Parsing): Statement {
  const { stream } = parsing;
  const opening = stream.current;
  const clauses: Clause[] = [parseIfClause(parsing)];
  while (stream.is("elseif")) clauses.push(parseIfClause(parsing));
  if (stream.is("else")) clauses.push(parseElse(parsing));
  stream.expectMatch("end", opening);
  return { type: "IfStatement", start: opening.start, end: stream.end, clauses };
}

function parseIfClause(parsing: Parsing): IfClause {
  const { stream } = parsing;
  const { start } = stream.next();
  const condition = parseExpression(parsing);
  stream.expect("then");
  const body = parseScoped(parsing, false);
  return { type: "IfClause", start, end: stream.end, condition, body };
}

function parseElse(parsing: Parsing): ElseClause {
  const { stream } = parsing;
  const { start } = stream.next();
  const body = parseScoped(parsing, false);
  return { type: "ElseClause", start, end: stream.end, body };
}

function parseWhile(parsing: Parsing): Statement {
  const { stream } = parsing;
  const opening = stream.next();
  const condition = parseExpression(parsing);
  stream.expect("do");
  const body = parseScoped(parsing, true);
  stream.expectMatch("end", opening);
  return { type: "WhileStatement", start: opening.start, end: stream.end, condition, body };
}

function parseDo(parsing: Parsing): Statement {
  const { stream } = parsing;
  const opening = stream.next();
  const body = parseScoped(parsing, false);
  stream.expectMatch("end", opening);
  return { type: "DoStatement", start: opening.start, end: stream.end, body };
}

/** The condition sees the locals of the body. */
function parseRepeat(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const opening = stream.next();
  scopes.enterBlock(true);
  scopes.enterBlock(false);
  const body = parseBlock(parsing);
  stream.expectMatch("until", opening);
  const condition = parseExpression(parsing);
  scopes.leaveBlock();
  scopes.leaveBlock();
  return { type: "RepeatStatement", start: opening.start, end: stream.end, condition, body };
}

function parseFor(parsing: Parsing): LoopStatement {
  const { stream, scopes } = parsing;
  const opening = stream.next();
  const variable = stream.name();
  scopes.enterBlock(true);
  const loop = stream.is("=") ? parseNumeric(parsing, variable) : parseGeneric(parsing, variable);
  stream.expectMatch("end", opening);
  scopes.leaveBlock();
  return { ...loop, start: opening.start, end: stream.end };
}

const nowhere = { start: 0, end: 0 };

function parseNumeric(parsing: Parsing, variable: Identifier): LoopStatement {
  const { stream } = parsing;
  stream.next();
  const from = parseExpression(parsing);
  stream.expect(",");
  const limit = parseExpression(parsing);
  const step = stream.take(",") ? parseExpression(parsing) : null;
  const body = parseLoopBody(parsing, [variable]);
  return { type: "ForNumericStatement", ...nowhere, variable, from, limit, step, body };
}

function parseGeneric(parsing: Parsing, first: Identifier): LoopStatement {
  const { stream } = parsing;
  if (!stream.is(",") && !stream.is("in")) stream.fail("'=' or 'in' expected");
  const variables = [first];
  while (stream.take(",")) variables.push(stream.name());
  stream.expect("in");
  const iterators = parseExpressions(parsing);
  const body = parseLoopBody(parsing, variables);
  return { type: "ForGenericStatement", ...nowhere, variables, iterators, body };
}

function parseLoopBody(parsing: Parsing, variables: readonly Identifier[]): Statement[] {
  const { stream, scopes } = parsing;
  scopes.enterFor();
  stream.expect("do");
  scopes.enterBlock(false);
  for (const [index, name] of variables.entries()) {
    scopes.declareLocal(name, index === 0 && stream.dialect.globals);
  }
  const body = parseBlock(parsing);
  scopes.leaveBlock();
  scopes.leaveFor();
  return body;
}

function parseNamedFunction(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const keyword = stream.next();
  const { start } = stream.current;
  const first = stream.name();
  const names = [first];
  let isMethod = false;
  while (!isMethod && (stream.is(".") || stream.is(":"))) {
    isMethod = stream.next().symbol === ":";
    names.push(stream.name());
  }
  const identifier: FunctionName = { start, end: stream.end, names, isMethod };
  const isField = names.length > 1;
  const variable = scopes.use(first);
  const declaration = parsing.parseFunction(keyword, identifier, false);
  if (!isField && variable?.isConstant === true) scopes.failConstant(first.name);
  return declaration;
}

function parseReturn(parsing: Parsing): Statement {
  const { stream } = parsing;
  const { start } = stream.next();
  const values = isBlockEnd(parsing) || stream.is(";") ? [] : parseExpressions(parsing);
  stream.take(";");
  return { type: "ReturnStatement", start, end: stream.end, arguments: values };
}

function parseBreak(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const { version } = stream.dialect;
  if (version === "5.5" && !scopes.isInLoop) stream.fail("break outside loop");
  const { start, end, line } = stream.next();
  if (version === "5.1" && !scopes.isInLoop) stream.fail("no loop to break");
  scopes.goto(null, line);
  return { type: "BreakStatement", start, end };
}

function parseGoto(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const { start, line } = stream.next();
  const label = stream.name();
  scopes.goto(label.name, line);
  return { type: "GotoStatement", start, end: stream.end, label };
}

function parseLabel(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const { start } = stream.next();
  const { line } = stream.current;
  const label = stream.name();
  stream.expect("::");
  scopes.label(label.name, line);
  return { type: "LabelStatement", start, end: stream.end, label };
}

function parseExpressionStatement(parsing: Parsing): Statement {
  const { stream } = parsing;
  const { start } = stream.current;
  const first = parseSuffixed(parsing);
  const mayCall = isCall(first) && first.inParens === undefined;
  const isAssigned = stream.dialect.freeStatements ? stream.is("=") || stream.is(",") : !mayCall;
  if (isAssigned) return parseAssignment(parsing, first, start);
  if (!mayCall) return stream.fail("syntax error");
  return { type: "CallStatement", start, end: stream.end, expression: first };
}

function parseAssignment(parsing: Parsing, first: Expression, start: number): AssignmentStatement {
  const { stream } = parsing;
  const variables = [first];
  checkAssignable(parsing, first);
  while (stream.take(",")) {
    const variable = parseSuffixed(parsing);
    variables.push(variable);
    checkAssignable(parsing, variable);
  }
  stream.expect("=");
  const init = parseExpressions(parsing);
  return { type: "AssignmentStatement", start, end: stream.end, variables, init };
}

function checkAssignable({ stream, scopes }: Parsing, variable: Expression): void {
  if (variable.type === "Identifier" && variable.inParens === undefined) {
    scopes.assign(variable);
    return;
  }
  const isField = variable.type === "SuffixedExpression" && lastSuffix(variable)?.type !== "CallSuffix";
  if (!isField || variable.inParens === true) stream.fail("syntax error");
}
