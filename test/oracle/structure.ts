import { readFileSync } from "node:fs";
import { leavesOf } from "../../src/coverage/bytecode/counts/conditions.js";
import { type LinkedFunction, linkFunctions, sameCode } from "../../src/coverage/bytecode/link.js";
import { makeTwin } from "../../src/coverage/bytecode/twin.js";
import { compile } from "../../src/engine/fengari/chunks/compile.js";
import { structureOf } from "../../src/source/structure.js";
import { parse, type Syntax } from "../../src/source/syntax.js";
import type { AssignmentStatement, Clause, Expression, Statement } from "../../src/source/tree.js";
import type { Chunk } from "../../src/types.js";

/** How many of all there are have the property, and the places of those that do not. */
export interface Share {
  readonly of: number;
  readonly missing: readonly string[];
}

/** Instructions that are the same in the twin, statements that are linked, condition leaves with a test. */
export interface Shares {
  readonly instructions: Share;
  readonly statements: Share;
  readonly leaves: Share;
}

export function isLua53(file: string): boolean {
  return compile(readFileSync(file), file).ok;
}

/** The structure of one file; null when it is no Lua 5.3. */
export function sharesOf(file: string): Shares | null {
  const source = readFileSync(file);
  const compiled = compile(source, file);
  if (!compiled.ok) return null;
  const { chunk } = compiled;
  const instructions = chunk.protos.reduce((sum, { code }) => sum + code.length, 0);
  const linked = linkFile(source, file, chunk);
  if (linked === null) {
    const none = { of: instructions, missing: Array<string>(instructions).fill(file) };
    return { instructions: none, statements: { of: 0, missing: [] }, leaves: { of: 0, missing: [] } };
  }
  return {
    instructions: { of: instructions, missing: [] },
    statements: statementShare(linked, file),
    leaves: leafShare(linked, file),
  };
}

export function joinShares(shares: readonly Share[]): Share {
  return {
    of: shares.reduce((sum, share) => sum + share.of, 0),
    missing: shares.flatMap((share) => share.missing),
  };
}

/** In per cent. */
export function percentage({ of, missing }: Share): number {
  return ((of - missing.length) / of) * 100;
}

interface Linked {
  readonly functions: readonly LinkedFunction[];
  readonly syntax: Syntax;
}

function linkFile(source: Uint8Array, file: string, chunk: Chunk): Linked | null {
  const parsed = parse(source, "5.3");
  if (!parsed.ok) return null;
  const { syntax } = parsed;
  const { text, tokenOfLine } = makeTwin(source, syntax.tokens);
  const twin = compile(text, file);
  if (!twin.ok || !sameCode(chunk, twin.chunk)) return null;
  const functions = linkFunctions(syntax, chunk, twin.chunk, tokenOfLine);
  return functions === null ? null : { functions, syntax };
}

function statementShare({ functions }: Linked, file: string): Share {
  const all = functions.flatMap((fn) => {
    const statements = structureOf(fn.body).statements.filter(isCounted);
    return statements.map((statement) => ({
      statement,
      isLinked: isCodeless(statement) || fn.extent(statement) !== null,
    }));
  });
  const missing = all.filter(({ isLinked }) => !isLinked);
  return {
    of: all.length,
    missing: missing.map(({ statement }) => `${file} ${statement.type} at ${statement.start}`),
  };
}

/** A function whose conditions are not matched loses the leaves of all its tests. */
function leafShare({ functions }: Linked, file: string): Share {
  const shares = functions.map(({ conditions, proto }) => {
    const tests = Array.from(proto.code.keys()).filter((pc) => proto.kind(pc) === "test").length;
    if (conditions === null)
      return { of: tests, missing: Array<string>(tests).fill(`${file}:${proto.lineDefined}`) };
    return { of: [...conditions.values()].flatMap(leavesOf).length, missing: [] };
  });
  return joinShares(shares);
}

function isCounted({ type }: Statement): boolean {
  return type !== "LabelStatement" && type !== "DoStatement";
}

/** What may be without an instruction: a local that is assigned to itself stays in its register. */
function isCodeless(statement: Statement): boolean {
  switch (statement.type) {
    case "BreakStatement":
    case "GotoStatement":
    case "LabelStatement":
    case "LocalStatement":
      return true;
    case "AssignmentStatement":
      return isSelfAssignment(statement);
    case "DoStatement":
      return statement.body.every(isCodeless);
    case "RepeatStatement":
      return isTrueLiteral(statement.condition) && statement.body.every(isCodeless);
    case "IfStatement":
      return statement.clauses.length === 1 && statement.clauses.every(isCodelessClause);
    default:
      return false;
  }
}

function isSelfAssignment({ variables, init }: AssignmentStatement): boolean {
  const [variable, value] = [...variables, ...init];
  const isSingle = variables.length === 1 && init.length === 1;
  if (!isSingle || variable?.type !== "Identifier" || value?.type !== "Identifier") return false;
  return variable.name === value.name;
}

function isCodelessClause(clause: Clause): boolean {
  return "condition" in clause && isTrueLiteral(clause.condition) && clause.body.every(isCodeless);
}

function isTrueLiteral(expression: Expression): boolean {
  const { type } = expression;
  return (
    type === "NumericLiteral" || type === "StringLiteral" || (type === "BooleanLiteral" && expression.value)
  );
}
