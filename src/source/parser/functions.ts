import type { FunctionDeclaration, FunctionName, Identifier } from "../tree.js";
import type { Token } from "./lexer/lexer.js";
import type { Parsing } from "./parsing.js";
import { parseBlock } from "./statements.js";

interface Parameters {
  readonly names: readonly Identifier[];
  readonly isVararg: boolean;
  /** The name of the varargs, from Lua 5.5 on. */
  readonly varargs: Identifier | null;
}

/** The parameters and the body of a function; `start` is where its statement began. */
export function parseFunction(
  parsing: Parsing,
  keyword: Token,
  identifier: FunctionName | null,
  isLocal: boolean,
  start: number = keyword.start,
): FunctionDeclaration {
  const { stream, scopes } = parsing;
  stream.expect("(");
  const { names, isVararg, varargs } = parseParameters(parsing);
  scopes.enterFunction(keyword.line, isVararg);
  if (identifier?.isMethod === true) scopes.declareSelf();
  for (const name of names) scopes.declareLocal(name);
  if (varargs !== null) scopes.declareLocal(varargs, true);
  stream.expect(")");
  const body = parseBlock(parsing);
  stream.expectMatch("end", keyword);
  const needs = scopes.leaveFunction();
  return {
    type: "FunctionDeclaration",
    start,
    end: stream.end,
    identifier,
    isLocal,
    parameters: names,
    isVararg,
    varargs,
    body,
    needs,
  };
}

function parseParameters(parsing: Parsing): Parameters {
  const { stream } = parsing;
  const names: Identifier[] = [];
  if (stream.is(")")) return { names, isVararg: false, varargs: null };
  do {
    if (stream.take("...")) {
      const isNamed = stream.dialect.globals && stream.isName();
      return { names, isVararg: true, varargs: isNamed ? stream.name() : null };
    }
    if (!stream.isName()) stream.fail("<name> or '...' expected");
    names.push(stream.name());
  } while (stream.take(","));
  return { names: names.slice(), isVararg: false, varargs: null };
}
