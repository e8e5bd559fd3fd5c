import { forEachChild, type Syntax } from "../../source/syntax.js";
import type {
  Expression,
  Identifier,
  LocalStatement,
  LocalVariable,
  Node,
  Suffix,
  SuffixedExpression,
} from "../../source/tree.js";

/** A name of a text that stands for a value, or for a field of one, and what becomes of that. */
export interface Name {
  readonly text: string;
  readonly at: number;
  /** The name before it, as `os` of `os.getenv`; null where there is none. */
  readonly owner: string | null;
  /** Whether it is called as a method. */
  readonly isMethod: boolean;
  /** Whether it is a global, or a local that was given the global of its name. */
  readonly isGlobal: boolean;
  /** Whether a name of a field stands behind it, so that no other one is meant. */
  readonly hasField: boolean;
  /** The arguments that it is called with; null where it is not called. */
  readonly args: readonly Expression[] | null;
  /** Whether of such a call nobody has more than the first value. */
  readonly isCut: boolean;
}

/** A string of a text. */
export interface Text {
  readonly text: string;
  readonly at: number;
  /** Whether it says which field or module is meant. */
  readonly isKey: boolean;
}

/** Hears of names and strings. */
export interface NameListener {
  onName(name: Name): void;
  onText(text: Text): void;
}

/**
 * Goes through the names and strings of a text. A local that is given what has its own name, as in `local getenv = os.getenv`, is no
 * use of that: where it is used, the name stands again.
 */
export function eachName({ body }: Syntax, listener: NameListener): void {
  const walk = {
    listener,
    cut: new Set<Node>(),
    keys: new Set<Node>(),
    fielded: new Set<Node>(),
    aliases: new Set<LocalVariable | null>(),
  };
  for (const statement of body) visit(statement, walk);
}

interface Walk {
  readonly listener: NameListener;
  /** Expressions of which nobody has more than the first value. */
  readonly cut: Set<Node>;
  /** Strings that say which field or module is meant. */
  readonly keys: Set<Node>;
  /** Names behind which a field stands, though not at once. */
  readonly fielded: Set<Node>;
  /** Locals that were given the global of their name. */
  readonly aliases: Set<LocalVariable | null>;
}

function visit(node: Node, walk: Walk): void {
  const { listener } = walk;
  for (const each of cutBy(node)) walk.cut.add(each);
  switch (node.type) {
    case "LocalStatement":
      visitLocals(node, walk);
      return;
    case "SuffixedExpression":
      visitSuffixed(node, walk);
      return;
    case "FunctionDeclaration":
      for (const { name } of node.identifier?.names ?? [])
        listener.onName({ ...alone, text: name, at: node.start });
      for (const statement of node.body) visit(statement, walk);
      return;
    case "TableKeyString":
      listener.onName({ ...alone, text: node.key.name, at: node.start });
      visit(node.value, walk);
      return;
    case "Identifier": {
      const own = { isGlobal: isGlobal(node, walk), hasField: walk.fielded.has(node) };
      listener.onName({ ...alone, ...own, text: node.name, at: node.start });
      return;
    }
    case "StringLiteral":
      listener.onText({ text: node.value, at: node.start, isKey: walk.keys.has(node) });
      return;
    default:
      forEachChild(node, (child) => visit(child, walk));
  }
}

const alone = {
  owner: null,
  isMethod: false,
  isGlobal: false,
  hasField: false,
  args: null,
  isCut: false,
} as const;

function visitLocals({ variables, init }: LocalStatement, walk: Walk): void {
  for (const [index, value] of init.entries()) {
    const local = variables[index];
    if (local !== undefined && isNamed(value, local.name)) walk.aliases.add(local.variable);
    else visit(value, walk);
  }
}

function visitSuffixed(node: SuffixedExpression, walk: Walk): void {
  const { base, suffixes } = node;
  for (const name of namesIn(node, walk)) walk.listener.onName(name);
  if (base.type === "LogicalExpression" && suffixes[0]?.type === "MemberSuffix")
    for (const operand of base.operands) walk.fielded.add(operand);
  if (base.type !== "Identifier") visit(base, walk);
  for (const suffix of suffixes) {
    for (const each of cutBy(suffix)) walk.cut.add(each);
    for (const key of keysIn(suffix, nameOf(base))) walk.keys.add(key);
    const name = ownName(suffix);
    forEachChild(suffix, (child) => {
      if (child !== name) visit(child, walk);
    });
  }
}

function isGlobal({ variable }: Identifier, { aliases }: Walk): boolean {
  return variable === null || aliases.has(variable);
}

/** The name at the beginning of an expression, and those behind it. */
function namesIn(node: SuffixedExpression, walk: Walk): Name[] {
  const { base, suffixes, inParens } = node;
  const names: Name[] = [];
  const add = (identifier: Identifier, index: number) => {
    const owner = suffixes[index - 1] ?? (index === 0 ? base : null);
    const isMethod = suffixes[index]?.type === "CallSuffix";
    const callAt = isMethod ? index : index + 1;
    const call = suffixes[callAt];
    const next = suffixes[index + 1];
    names.push({
      text: identifier.name,
      at: identifier.start,
      owner: index < 0 ? null : nameOf(owner),
      isMethod,
      isGlobal: index < 0 && isGlobal(identifier, walk),
      hasField: next?.type === "MemberSuffix" || (next?.type === "CallSuffix" && next.method !== null),
      args: call?.type === "CallSuffix" && (isMethod || call.method === null) ? call.arguments : null,
      isCut: callAt < suffixes.length - 1 || walk.cut.has(node) || inParens === true,
    });
  };
  if (base.type === "Identifier") add(base, -1);
  for (const [index, suffix] of suffixes.entries()) {
    const own = ownName(suffix);
    if (own !== null) add(own, index);
  }
  return names;
}

function nameOf(node: Expression | Suffix | null): string | null {
  if (node?.type === "Identifier") return node.name;
  return node?.type === "MemberSuffix" ? node.identifier.name : null;
}

function ownName(suffix: Suffix) {
  if (suffix.type === "MemberSuffix") return suffix.identifier;
  return suffix.type === "CallSuffix" ? suffix.method : null;
}

function keysIn(suffix: Suffix, called: string | null): readonly Expression[] {
  if (suffix.type === "IndexSuffix") return [suffix.index];
  const isLookUp = called === "require" || called === "rawget";
  return isLookUp && suffix.type === "CallSuffix" ? suffix.arguments : [];
}

/** Expressions below a node of which it takes the first value, or none. */
function cutBy(node: Node): readonly Expression[] {
  switch (node.type) {
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      return node.init.filter(
        (_, index) => index < node.init.length - 1 || node.variables.length <= node.init.length,
      );
    case "CallStatement":
      return [node.expression];
    case "IfClause":
    case "WhileStatement":
    case "RepeatStatement":
      return [node.condition];
    case "UnaryExpression":
      return [node.argument];
    case "BinaryExpression":
    case "LogicalExpression":
      return node.operands;
    case "TableKey":
    case "TableKeyString":
      return [node.value];
    case "TableConstructor":
      return node.fields.slice(0, -1).map(({ value }) => value);
    case "CallSuffix":
      return node.arguments.slice(0, -1);
    case "IndexSuffix":
      return [node.index];
    default:
      return [];
  }
}

/** Whether an expression is the value of a global or field of a name: `name`, `a.name`, `require "name"`. */
function isNamed(value: Expression, name: string): boolean {
  if (value.type === "Identifier") return value.name === name;
  if (value.type !== "SuffixedExpression") return false;
  const last = value.suffixes.at(-1);
  if (last?.type === "MemberSuffix")
    return last.identifier.name === name && value.suffixes.every(({ type }) => type === "MemberSuffix");
  const [argument] = last?.type === "CallSuffix" && last.method === null ? last.arguments : [];
  const isRequired = value.suffixes.length === 1 && nameOf(value.base) === "require";
  return isRequired && argument?.type === "StringLiteral" && argument.value === name;
}
