import { declarationSpan, findFunctions, type NamedFunction } from "../../source/functions.js";
import { type Structure, structureOf } from "../../source/structure.js";
import type { Syntax } from "../../source/syntax.js";
import type { FunctionDeclaration, FunctionNeeds, Span, Statement } from "../../source/tree.js";
import { type BranchPlace, branchPlaces } from "./branches.js";
import { deadStatements } from "./reach.js";

/** A function of the source, whose statements and branches are counted. */
export interface FunctionPlace {
  readonly name: string;
  readonly node: FunctionDeclaration;
  readonly declaration: Span;
}

/** What of one function could run; `fn` is null for the main one. */
export interface SitesOfFunction {
  readonly fn: FunctionPlace | null;
  readonly body: readonly Statement[];
  readonly needs: FunctionNeeds;
  readonly structure: Structure;
  /** Every statement that no path leads to; labels and blocks may be among them. */
  readonly dead: ReadonlySet<Statement>;
  readonly statements: readonly Statement[];
  readonly branches: readonly BranchPlace[];
}

/**
 * What could run in a text, by its syntax alone, so the same on every Lua: statements that some path leads to,
 * functions, and the branches that decide anything. Its functions come in the order of the source, the main one first.
 */
export function sitesOf(syntax: Syntax): readonly SitesOfFunction[] {
  const functions = findFunctions(syntax).map(placeOf);
  const operators = syntax.tokens.startsOf("and", "or");
  const sites = (fn: FunctionPlace | null, { body, needs }: FunctionBody): SitesOfFunction => {
    const structure = structureOf(body);
    const dead = deadStatements(body, structure);
    const statements = structure.statements.filter((each) => isCounted(each) && !dead.has(each));
    const branches = branchPlaces(structure, syntax.tokens, operators);
    return { fn, body, needs, structure, dead, statements, branches };
  };
  return [sites(null, syntax), ...functions.map((fn) => sites(fn, fn.node))];
}

type FunctionBody = Pick<FunctionDeclaration, "body" | "needs">;

function placeOf(declaration: NamedFunction, index: number): FunctionPlace {
  const name = declaration.name ?? `(anonymous_${index + 1})`;
  return { name, node: declaration.node, declaration: declarationSpan(declaration) };
}

/** Labels and `do` do nothing themselves. */
export function isCounted(statement: Statement): boolean {
  return statement.type !== "LabelStatement" && statement.type !== "DoStatement";
}
