/** What a Lua text asks of its surroundings, as far as its syntax tells. */

import { isProtectedRequire, nameOf, requiredModule, textOf } from "../../harness/plan/modules/requires.js";
import { styleOf } from "../../harness/plan/style.js";
import { childrenOf, parseNewest, type Syntax } from "../../source/syntax.js";
import type {
  FunctionDeclaration,
  Identifier,
  LocalStatement,
  LocalVariable,
  Node,
  Suffix,
  SuffixedExpression,
} from "../../source/tree.js";
import type { Style } from "../../types.js";

/** Something that a text uses. */
export interface Use {
  readonly name: string;
  readonly when: When;
}

/** As the file is loaded; when somebody calls a function; or only under some condition. */
export type When = "load" | "call" | "perhaps";

export interface LuaText {
  readonly style: Style;
  /** Whether any Lua reads it. */
  readonly isLua: boolean;
  /** Modules by their names, but for those of `pcall(require, …)`. */
  readonly requires: readonly Use[];
  /**
   * Globals that it takes for granted, also by a local that it has taken them into: it looks into them or calls them, and
   * nowhere asks whether they are there.
   */
  readonly globals: readonly Use[];
  /** Globals that it sets itself. */
  readonly defines: readonly string[];
  /** Modules that it puts into package.loaded or package.preload. */
  readonly provides: readonly string[];
  /** Keys of metatables that rely on the collector of garbage. */
  readonly collected: readonly string[];
  /** What says that it computes with integers of more than 32 bits: the first such numeral; null for none. */
  readonly wideInteger: string | null;
  /** Templates as in package.path, in strings of the text. */
  readonly templates: readonly string[];
  /** Whether it ends by giving a value to whoever requires it. */
  readonly returns: boolean;
}

/** Of a text that is no Lua, nothing is known. */
export function readLuaText(source: Uint8Array): LuaText {
  const parsed = parseNewest(source);
  if (!parsed.ok) return nothing;
  const { body } = parsed.syntax;
  const found = newFound();
  visitAll(body, "load", found);
  const isTaken = ({ name, when }: Use) =>
    when !== "perhaps" && !found.defines.has(name) && !found.guarded.has(name);
  return {
    style: styleOf(source),
    isLua: true,
    requires: found.requires,
    globals: found.globals.filter(isTaken),
    defines: [...found.defines],
    provides: [...found.provides],
    collected: [...found.collected],
    wideInteger: wideIntegerIn(parsed.syntax),
    templates: found.templates,
    returns: body.at(-1)?.type === "ReturnStatement",
  };
}

const nothing: LuaText = {
  style: "script",
  isLua: false,
  requires: [],
  globals: [],
  defines: [],
  provides: [],
  collected: [],
  wideInteger: null,
  templates: [],
  returns: false,
};

function wideIntegerIn({ tokens, text }: Syntax): string | null {
  const numerals = tokens.startsOf("<number>").map((start) => text({ start, end: start + longestNumeral }));
  return numerals.map((each) => /^[\w.]*/.exec(each)?.[0] ?? "").find(isWide) ?? null;
}

const longestNumeral = 64;

/** Floats and LuaJIT's integers of 64 bits are none. */
function isWide(numeral: string): boolean {
  return /^(?:0x[\da-f]+|\d+)$/i.test(numeral) && BigInt(numeral) > 0x7fff_ffff;
}

interface Found {
  readonly requires: Use[];
  readonly globals: Use[];
  readonly templates: string[];
  readonly defines: Set<string>;
  readonly provides: Set<string>;
  readonly collected: Set<string>;
  /** Names that stand by themselves, as in `if ngx then`. */
  readonly guarded: Set<string>;
  /** Globals by the locals that were made of them, as by `local ngx = ngx`. */
  readonly aliases: Map<LocalVariable, string>;
}

function newFound(): Found {
  return {
    requires: [],
    globals: [],
    templates: [],
    defines: new Set(),
    provides: new Set(),
    collected: new Set(),
    guarded: new Set(),
    aliases: new Map(),
  };
}

function visit(node: Node, when: When, found: Found): void {
  switch (node.type) {
    case "Identifier":
      // What is written as a field or a parameter is visited with what it belongs to.
      guard(node, found);
      return;
    case "LocalStatement":
      visitLocals(node, when, found);
      return;
    case "StringLiteral":
      found.templates.push(...node.value.split(";").filter((each) => /\?\S*\.lua$/.test(each)));
      return;
    case "SuffixedExpression":
      visitSuffixed(node, when, found);
      return;
    case "FunctionDeclaration":
      visitFunction(node, when, found);
      return;
    case "AssignmentStatement":
      for (const each of node.variables) define(each, when, found);
      visitAll(node.init, when, found);
      return;
    case "IfClause":
      visit(node.condition, when, found);
      visitAll(node.body, "perhaps", found);
      return;
    case "ElseClause":
      visitAll(node.body, "perhaps", found);
      return;
    case "LogicalExpression":
      visitAll(node.operands.slice(0, 1), when, found);
      visitAll(node.operands.slice(1), "perhaps", found);
      return;
    case "TableKeyString":
      if (isCollected(node.key.name)) found.collected.add(node.key.name);
      visit(node.value, when, found);
      return;
    case "MemberSuffix":
    case "GotoStatement":
    case "LabelStatement":
      return;
    default:
      visitAll(childrenOf(node), when, found);
  }
}

function visitAll(nodes: readonly Node[], when: When, found: Found): void {
  for (const each of nodes) visit(each, when, found);
}

/** `local ngx = ngx` asks for nothing yet: what is done with the local is done with the global. */
function visitLocals({ variables, init }: LocalStatement, when: When, found: Found): void {
  for (const [index, value] of init.entries()) {
    const name = value.type === "Identifier" ? globalOf(value, found) : null;
    const variable = variables[index]?.variable ?? null;
    if (name === null || variable === null) visit(value, when, found);
    else found.aliases.set(variable, name);
  }
}

function guard(identifier: Identifier, found: Found): void {
  const name = globalOf(identifier, found);
  if (name !== null) found.guarded.add(name);
}

/** The global that a name stands for; null for another local. */
function globalOf({ name, variable }: Identifier, { aliases }: Found): string | null {
  return variable === null ? name : (aliases.get(variable) ?? null);
}

/** `function love.update()` takes love for granted, and `function update()` makes a global. */
function visitFunction({ identifier, isLocal, body }: FunctionDeclaration, when: When, found: Found): void {
  const [first, ...fields] = identifier?.names ?? [];
  const global = first === undefined || isLocal ? null : globalOf(first, found);
  if (global !== null && fields.length > 0) found.globals.push({ name: global, when });
  else if (global !== null) found.defines.add(global);
  visitAll(body, when === "load" ? "call" : when, found);
}

/** `a.b(c)`: the name it begins with is taken for granted, and a module that it requires, too. */
function visitSuffixed(node: SuffixedExpression, when: When, found: Found): void {
  const { base, suffixes } = node;
  const module = requiredModule(node);
  if (module !== null && !isProtectedRequire(node)) found.requires.push({ name: module, when });
  const global = base.type === "Identifier" ? globalOf(base, found) : null;
  if (base.type !== "Identifier") visit(base, when, found);
  else if (global !== null) found.globals.push({ name: global, when });
  const isBlock = blocks.includes(nameOf(base) ?? "");
  for (const child of suffixes.flatMap(operandsOf)) {
    // What is in a block of specs runs soon after its file is loaded.
    if (isBlock && child.type === "FunctionDeclaration") visitAll(child.body, when, found);
    else visit(child, when, found);
  }
}

function operandsOf(suffix: Suffix): readonly Node[] {
  if (suffix.type === "CallSuffix") return suffix.arguments;
  return suffix.type === "IndexSuffix" ? [suffix.index] : [];
}

const blocks: readonly string[] = [
  ...["describe", "context", "insulate", "expose", "it", "spec", "test"],
  ...["setup", "teardown", "before_each", "after_each", "strict_setup", "lazy_setup"],
];

/** `name = …`, `_G.name = …`, `package.loaded["name"] = …`. */
function define(target: Node, when: When, found: Found): void {
  if (target.type === "Identifier") {
    const global = globalOf(target, found);
    if (target.variable === null) found.defines.add(target.name);
    // From here on it is something else.
    else if (global !== null) found.guarded.add(global);
    return;
  }
  if (target.type !== "SuffixedExpression") return;
  const names = [nameOf(target.base), ...target.suffixes.map(fieldName)];
  const last = names.at(-1) ?? "";
  if (isCollected(last)) found.collected.add(last);
  if (names[0] === "_G" && names[1]) found.defines.add(names[1]);
  if (names[0] === "package" && /^(?:loaded|preload)$/.test(names[1] ?? "") && names[2])
    found.provides.add(names[2]);
  visit(target, when, found);
}

const isCollected = (key: string) => key === "__mode" || key === "__gc";

function fieldName(suffix: Suffix): string | null {
  if (suffix.type === "MemberSuffix") return suffix.identifier.name;
  return suffix.type === "IndexSuffix" ? textOf(suffix.index) : null;
}
