import { childrenOf, forEachChild } from "../../source/syntax.js";
import type { FunctionDeclaration, Node, SuffixedExpression } from "../../source/tree.js";
import { isProtectedRequire, nameOf, requiredModule, textOf } from "./modules/requires.js";

/** The functions that a spec calls at its top level. */
export const specFunctions: readonly string[] = [
  "describe",
  "context",
  "insulate",
  "expose",
  "it",
  "spec",
  "test",
  "pending",
];

/** What a variable or an expression stands for: busted's module, one of those functions or one that calls them, or else. */
type Meaning = "module" | "function" | "other";

/** The variables that are not what busted has by their names. */
type Scope = ReadonlyMap<string, Meaning>;

/**
 * Whether one of busted's functions is called outside of any function, or in one of the text's own that is, by whatever way
 * to it, or its runner.
 */
export function registersTests(body: readonly Node[]): boolean {
  return inBlock(body, globalsOf(body));
}

/** Of these nodes each sees the locals of those before it. */
function inBlock(nodes: readonly Node[], outer: Scope): boolean {
  const scope = new Map(outer);
  return nodes.some((node) => {
    const found = inNode(node, scope);
    for (const [name, meaning] of localsOf(node, scope)) scope.set(name, meaning);
    return found;
  });
}

function inNode(node: Node, scope: Scope): boolean {
  if (node.type === "FunctionDeclaration") return false;
  if (node.type === "SuffixedExpression" && callsBusted(node, scope)) return true;
  return inBlock(childrenOf(node), new Map([...scope, ...loopVariables(node)]));
}

/** Whether one of the calls in `a.b(c)(d)` is one of busted's. */
function callsBusted(node: SuffixedExpression, scope: Scope): boolean {
  if (requiredModule(node) === "busted.runner" && node.suffixes[1]?.type === "CallSuffix") return true;
  return node.suffixes.some((suffix, index) => {
    const isCall = suffix.type === "CallSuffix" && suffix.method === null;
    return isCall && meaningBefore(node, index, scope) === "function";
  });
}

function meaningOf(node: Node | undefined, scope: Scope): Meaning {
  switch (node?.type) {
    case "Identifier":
      return scope.get(node.name) ?? (specFunctions.includes(node.name) ? "function" : "other");
    case "LogicalExpression":
      return node.operands.map((each) => meaningOf(each, scope)).find((each) => each !== "other") ?? "other";
    case "SuffixedExpression":
      return meaningBefore(node, node.suffixes.length, scope);
    case "FunctionDeclaration":
      return inBlock(node.body, new Map([...scope, ...others(node.parameters)])) ? "function" : "other";
    default:
      return "other";
  }
}

/** What stands before one of the suffixes, or before the end. */
function meaningBefore(node: SuffixedExpression, end: number, scope: Scope): Meaning {
  const isModule = end > 0 && requiredModule(node) === "busted" && !isProtectedRequire(node);
  const start: Meaning = isModule ? "module" : meaningOf(node.base, scope);
  return node.suffixes.slice(isModule ? 1 : 0, end).reduce<Meaning>((meaning, suffix) => {
    const name = suffix.type === "CallSuffix" ? null : fieldName(suffix);
    return meaning === "module" && name !== null && specFunctions.includes(name) ? "function" : "other";
  }, start);
}

function fieldName(
  suffix: Exclude<SuffixedExpression["suffixes"][number], { type: "CallSuffix" }>,
): string | null {
  return suffix.type === "MemberSuffix" ? nameOf(suffix.identifier) : textOf(suffix.index);
}

type Named = readonly (readonly [name: string, meaning: Meaning])[];

/** The variables that stand for something else after a statement. */
function localsOf(node: Node, scope: Scope): Named {
  if (node.type === "FunctionDeclaration") return node.isLocal ? named(node, scope) : [];
  if (node.type === "AssignmentStatement") {
    return assigned(node.variables, node.init, scope).filter(([name]) => scope.has(name));
  }
  return node.type === "LocalStatement" ? assigned(node.variables, node.init, scope) : [];
}

function assigned(variables: readonly Node[], values: readonly Node[], scope: Scope): Named {
  return variables.flatMap((variable, index): Named => {
    const name = nameOf(variable);
    if (name === null) return [];
    const before = values[index - 1];
    const isSecond = index === values.length && before !== undefined && isProtectedRequire(before);
    if (isSecond && requiredModule(before) === "busted") return [[name, "module"]];
    return [[name, meaningOf(values[index], scope)]];
  });
}

function loopVariables(node: Node): Named {
  if (node.type === "ForNumericStatement") return others([node.variable]);
  return node.type === "ForGenericStatement" ? others(node.variables) : [];
}

function others(nodes: readonly (Node | null)[]): Named {
  return nodes.map(nameOf).flatMap((name): Named => (name === null ? [] : [[name, "other"]]));
}

/** The globals that a text assigns to, in functions too, as its outermost locals let them be understood. */
function globalsOf(body: readonly Node[]): Scope {
  const locals = new Map<string, Meaning>();
  for (const node of body) for (const [name, meaning] of localsOf(node, locals)) locals.set(name, meaning);
  const globals = new Map<string, Meaning>();
  const define = (node: Node) => {
    for (const [name, meaning] of globalsDefinedBy(node, locals)) {
      const known = globals.get(name) ?? meaning;
      globals.set(name, known === meaning ? meaning : "other");
    }
    forEachChild(node, define);
  };
  body.forEach(define);
  return globals;
}

function globalsDefinedBy(node: Node, locals: Scope): Named {
  if (node.type === "AssignmentStatement") return assigned(node.variables, node.init, locals);
  return node.type === "FunctionDeclaration" && !node.isLocal ? named(node, locals) : [];
}

/** The variable that a function is assigned to, if it is no field. */
function named(node: FunctionDeclaration, scope: Scope): Named {
  const name = node.identifier?.names.length === 1 ? nameOf(node.identifier.names[0] ?? null) : null;
  return name === null ? [] : [[name, meaningOf(node, scope)]];
}
