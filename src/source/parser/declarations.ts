import type { Expression, FunctionName, Identifier, Statement } from "../tree.js";
import { parseExpressions } from "./expressions.js";
import type { Parsing } from "./parsing.js";

interface Declared {
  readonly variables: readonly Identifier[];
  readonly attributes: readonly (string | null)[];
}

/** `local function`, or `local` with names, attributes and values. */
export function parseDeclaration(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const { start } = stream.next();
  if (stream.is("function")) return parseDeclaredFunction(parsing, start, true);
  const { variables, attributes } = parseNames(parsing, ["const", "close"]);
  if (attributes.filter((each) => each === "close").length > 1) {
    stream.failMeaning("multiple to-be-closed variables in local list");
  }
  const init = stream.take("=") ? parseExpressions(parsing) : [];
  for (const [index, name] of variables.entries()) scopes.declareLocal(name, attributes[index] !== null);
  return { type: "LocalStatement", start, end: stream.end, variables, attributes, init };
}

/** Lua 5.5's `global`, which is a name unless a declaration follows; null where there is none. */
export function parseGlobal(parsing: Parsing): Statement | null {
  const { stream } = parsing;
  if (!stream.dialect.globals || !stream.is("<name>") || stream.current.value !== "global") return null;
  switch (stream.peek().symbol) {
    case "<":
    case "*":
    case "<name>":
    case "function":
      return parseGlobalDeclaration(parsing);
    default:
      return null;
  }
}

function parseGlobalDeclaration(parsing: Parsing): Statement {
  const { stream, scopes } = parsing;
  const { start } = stream.next();
  if (stream.is("function")) return parseDeclaredFunction(parsing, start, false);
  const common = parseAttribute(parsing, ["const"]);
  if (stream.take("*")) {
    scopes.declareGlobal(null, common !== null);
    return { type: "GlobalStatement", start, end: stream.end, variables: [], attributes: [], init: [] };
  }
  const { variables, attributes } = parseNames(parsing, ["const"], common);
  const init: Expression[] = stream.take("=") ? parseExpressions(parsing) : [];
  for (const [index, { name }] of variables.entries()) scopes.declareGlobal(name, attributes[index] !== null);
  return { type: "GlobalStatement", start, end: stream.end, variables, attributes, init };
}

/** The function sees its own name. */
function parseDeclaredFunction(parsing: Parsing, start: number, isLocal: boolean): Statement {
  const { stream, scopes } = parsing;
  const keyword = stream.next();
  const name = stream.name();
  if (isLocal) scopes.declareLocal(name);
  else scopes.declareGlobal(name.name, false);
  const identifier: FunctionName = { start: name.start, end: name.end, names: [name], isMethod: false };
  return parsing.parseFunction(keyword, identifier, isLocal, start);
}

/** Names with their attributes; from 5.5 on one before them is that of all that have none of their own. */
function parseNames(parsing: Parsing, known: readonly string[], given: string | null = null): Declared {
  const { stream } = parsing;
  const common = given ?? (stream.dialect.globals ? parseAttribute(parsing, known) : null);
  const variables = [stream.name()];
  const attributes = [parseAttribute(parsing, known) ?? common];
  if (!stream.is(",")) return { variables, attributes };
  while (stream.take(",")) {
    variables.push(stream.name());
    attributes.push(parseAttribute(parsing, known) ?? common);
  }
  return { variables: variables.slice(), attributes: attributes.slice() };
}

function parseAttribute(parsing: Parsing, known: readonly string[]): string | null {
  const { stream } = parsing;
  if (!stream.dialect.attributes || !stream.take("<")) return null;
  const { name } = stream.name();
  stream.expect(">");
  if (known.includes(name)) return name;
  if (name === "close") return stream.failMeaning("global variables cannot be to-be-closed");
  return stream.failMeaning(`unknown attribute '${name}'`);
}
