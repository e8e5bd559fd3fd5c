import path from "node:path";
import { readContent } from "../../files/files.js";
import { childrenOf, parseNewest } from "../../source/syntax.js";
import type { FunctionName, Node } from "../../source/tree.js";
import type { Style } from "../../types.js";

/** The functions that a spec calls at its top level. */
const specFunctions = ["describe", "context", "insulate", "expose", "it", "spec", "test", "pending"];

/** What a file is written for. One that cannot be read is a script: running it says what is wrong. */
export function styleOfFile(file: string): Style {
  try {
    const source = readContent(file);
    // One that somebody has begun by its name alone has no tests yet.
    return path.basename(file).includes("_spec") && isEmpty(source) ? "spec" : styleOf(source);
  } catch {
    return "script";
  }
}

function isEmpty(source: Uint8Array): boolean {
  const parsed = parseNewest(source);
  return parsed.ok && parsed.syntax.body.length === 0;
}

/**
 * What a Lua text is written for: `spec` when it calls one of busted's functions as a global outside of any
 * function of its own, else `luaunit` when it requires a module of that name, else `script`, also for a text
 * that cannot be parsed.
 */
export function styleOf(source: Uint8Array): Style {
  const parsed = parseNewest(source);
  if (!parsed.ok) return "script";
  const { body } = parsed.syntax;
  const own = new Set(body.flatMap(definedGlobals));
  if (callsInBlock(body, own)) return "spec";
  return body.some(requiresLuaUnit) ? "luaunit" : "script";
}

type Names = ReadonlySet<string>;

/** Whether a function of specs is called among these nodes, of which each sees the locals of those before it. */
function callsInBlock(nodes: readonly Node[], outer: Names): boolean {
  const names = new Set(outer);
  return nodes.some((node) => {
    const found = callsIn(node, names);
    for (const name of declaredLocals(node)) names.add(name);
    return found;
  });
}

function callsIn(node: Node, own: Names): boolean {
  if (node.type === "FunctionDeclaration") return false;
  const called = calledName(node);
  if (called !== null && specFunctions.includes(called) && !own.has(called)) return true;
  return callsInBlock(childrenOf(node), new Set([...own, ...loopVariables(node)]));
}

/** The variable that a call calls, null for other calls and other nodes. */
function calledName(node: Node): string | null {
  if (node.type !== "SuffixedExpression") return null;
  const [first] = node.suffixes;
  return first?.type === "CallSuffix" && first.method === null ? nameOf(node.base) : null;
}

function nameOf(node: Node | null | undefined): string | null {
  return node?.type === "Identifier" ? node.name : null;
}

/** The names that are locals after a statement. `local it = it` keeps the global at hand, and is none. */
function declaredLocals(node: Node): readonly string[] {
  if (node.type === "FunctionDeclaration") return node.isLocal ? soleName(node.identifier) : [];
  if (node.type !== "LocalStatement") return [];
  const { variables, init } = node;
  return names(variables.filter((variable, index) => nameOf(init[index]) !== variable.name));
}

function loopVariables(node: Node): readonly string[] {
  if (node.type === "ForNumericStatement") return names([node.variable]);
  return node.type === "ForGenericStatement" ? names(node.variables) : [];
}

/** The globals that a node assigns to, in functions too. */
function definedGlobals(node: Node): readonly string[] {
  const below = childrenOf(node).flatMap(definedGlobals);
  if (node.type === "AssignmentStatement") return [...names(node.variables), ...below];
  if (node.type === "FunctionDeclaration" && !node.isLocal) return [...soleName(node.identifier), ...below];
  return below;
}

/** The variable that a function is assigned to, if it is no field. */
function soleName(identifier: FunctionName | null): readonly string[] {
  return identifier?.names.length === 1 ? names(identifier.names) : [];
}

function names(nodes: readonly (Node | null)[]): readonly string[] {
  return nodes.map(nameOf).filter((name) => name !== null);
}

/** `require "luaunit"`, `pcall(require, "luaunit")`, also as part of a library: `require "test.luaunit"`. */
function requiresLuaUnit(node: Node): boolean {
  const module = requiredModule(node);
  if (module !== null && /(^|[./\\])luaunit$/.test(module)) return true;
  return childrenOf(node).some(requiresLuaUnit);
}

function requiredModule(node: Node): string | null {
  if (node.type !== "SuffixedExpression") return null;
  const [call] = node.suffixes;
  if (call?.type !== "CallSuffix" || call.method !== null) return null;
  const [first, second] = call.arguments;
  if (isRequire(node.base)) return textOf(first);
  return nameOf(node.base) === "pcall" && isRequire(first) ? textOf(second) : null;
}

function isRequire(node: Node | undefined): boolean {
  return nameOf(node) === "require";
}

function textOf(node: Node | undefined): string | null {
  return node?.type === "StringLiteral" ? node.value : null;
}
