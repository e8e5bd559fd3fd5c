import { forEachChild, type Syntax } from "./syntax.js";
import type { Expression, FunctionDeclaration, FunctionName, Node } from "./tree.js";

/** A function of the source with its name as Lua users say it, null for an anonymous one. */
export interface NamedFunction {
  readonly node: FunctionDeclaration;
  readonly name: string | null;
}

const known = new WeakMap<Syntax, readonly NamedFunction[]>();

/** Every function in a text, in the order of the source, which is that of the compiled chunk's functions. */
export function findFunctions(syntax: Syntax): readonly NamedFunction[] {
  const functions = known.get(syntax) ?? collectFunctions(syntax);
  known.set(syntax, functions);
  return functions;
}

function collectFunctions({ body, tokens }: Syntax): readonly NamedFunction[] {
  const keywords = tokens.startsOf("function");
  const names = new Map<Node, string>();
  const found: NamedFunction[] = [];
  const visit = (node: Node): void => {
    // There are a hundred times as many nodes as functions.
    if ((keywords[found.length] ?? Number.POSITIVE_INFINITY) >= node.end) return;
    nameValues(node, names);
    if (node.type === "FunctionDeclaration") {
      const name = node.identifier === null ? names.get(node) : declaredName(node.identifier);
      found.push({ node, name: name === undefined ? null : Buffer.from(name, "latin1").toString() });
    }
    forEachChild(node, visit);
  };
  for (const statement of body) visit(statement);
  return found;
}

/** Notes the names that a node gives to the functions directly below it. */
function nameValues(node: Node, names: Map<Node, string>): void {
  switch (node.type) {
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      for (const [index, value] of node.init.entries()) {
        const name = value.type === "FunctionDeclaration" ? variableName(node.variables[index]) : null;
        if (name !== null) names.set(value, name);
      }
      return;
    case "TableKeyString":
      if (node.value.type === "FunctionDeclaration") names.set(node.value, node.key.name);
      return;
    case "TableKey":
      if (node.key.type === "StringLiteral") names.set(node.value, node.key.value);
  }
}

function declaredName({ names, isMethod }: FunctionName): string {
  const texts = names.map(({ name }) => name);
  const method = isMethod ? texts.pop() : undefined;
  return method === undefined ? texts.join(".") : `${texts.join(".")}:${method}`;
}

/** `a`, `a.b`; null for what is computed. */
function variableName(expression: Expression | undefined): string | null {
  if (expression?.type === "Identifier") return expression.name;
  if (expression?.type !== "SuffixedExpression" || expression.base.type !== "Identifier") return null;
  const fields = expression.suffixes.map((each) =>
    each.type === "MemberSuffix" ? each.identifier.name : null,
  );
  return fields.includes(null) ? null : [expression.base.name, ...fields].join(".");
}

/** Where a function is declared: from its first keyword to the end of its name, or the keyword alone. */
export function declarationSpan({ node }: NamedFunction): { start: number; end: number } {
  const { start, identifier } = node;
  return { start, end: identifier?.end ?? start + "function".length };
}
