import type { FunctionDeclaration } from "luaparse";
import { childrenOf, type Expression, type Node, type Statement, spanOf } from "./syntax.js";

/** A function of the source with its name as Lua users say it, null for an anonymous one. */
export interface NamedFunction {
  readonly node: FunctionDeclaration;
  readonly name: string | null;
}

/** Every function in a text, in the order of the source, which is that of the compiled chunk's functions. */
export function findFunctions(body: readonly Statement[]): NamedFunction[] {
  const names = new Map<Node, string>();
  const found: NamedFunction[] = [];
  const visit = (node: Node): void => {
    nameValues(node, names);
    if (node.type === "FunctionDeclaration") {
      const name = node.identifier === null ? names.get(node) : dottedName(node.identifier);
      found.push({ node, name: name ?? null });
    }
    childrenOf(node).forEach(visit);
  };
  body.forEach(visit);
  return found;
}

/** Notes the names that a node gives to the functions directly below it. */
function nameValues(node: Node, names: Map<Node, string>): void {
  if (node.type === "LocalStatement" || node.type === "AssignmentStatement") {
    for (const [index, value] of node.init.entries()) {
      const name = dottedName(node.variables[index]);
      if (name !== null) names.set(value, name);
    }
  } else if (node.type === "TableKeyString") {
    names.set(node.value, node.key.name);
  } else if (node.type === "TableKey" && node.key.type === "StringLiteral") {
    names.set(node.value, node.key.raw.slice(1, -1));
  }
}

/** `a`, `a.b`, `a:b`; null for what is computed. */
function dottedName(expression: Expression | undefined): string | null {
  if (expression?.type === "Identifier") return expression.name;
  if (expression?.type !== "MemberExpression") return null;
  const base = dottedName(expression.base);
  return base === null ? null : `${base}${expression.indexer}${expression.identifier.name}`;
}

/** Where a function is declared: from its first keyword to the end of its name, or the keyword alone. */
export function declarationSpan({ node }: NamedFunction): { start: number; end: number } {
  const { start } = spanOf(node);
  const end = node.identifier === null ? start + "function".length : spanOf(node.identifier).end;
  return { start, end };
}
