import { forEachChild } from "./syntax.js";
import type {
  FunctionDeclaration,
  Identifier,
  LocalStatement,
  LoopStatement,
  Node,
  RepeatStatement,
  Statement,
} from "./tree.js";

/** A local variable, from its declaration on. */
export interface LocalVariable {
  readonly name: string;
}

/** What a function needs of those around it. */
export interface FunctionNeeds {
  /** The locals of other functions that it uses, or that functions in it use. */
  readonly upvalues: number;
  /** Whether it, or a function in it, uses a global: from Lua 5.2 on that takes an upvalue. */
  readonly usesGlobals: boolean;
  /** The most locals that are active at the same time, those that a `for` keeps for itself included. */
  readonly locals: number;
}

/** What the names of a text stand for. */
export interface Names {
  /** The variable that a name stands for; undefined for a global. */
  variable(name: Identifier): LocalVariable | undefined;
  /** Null stands for the main function. */
  needs(fn: FunctionDeclaration | null): FunctionNeeds;
}

interface Scope {
  readonly outer: Scope | null;
  /** The names of all variables that are active, in the order of their declarations. */
  readonly active: string[];
  readonly byName: Map<string, (LocalVariable | null)[]>;
  readonly upvalues: Set<LocalVariable>;
  usesGlobals: boolean;
  locals: number;
}

/** What a `for` keeps for itself: Lua 5.4 has the most. */
const hiddenInFor = 4;
const noNeeds: FunctionNeeds = { upvalues: 0, usesGlobals: false, locals: 0 };

/** Finds out what each name stands for, by the scopes of all Luas. */
export function resolveNames(body: readonly Statement[]): Names {
  const variables = new Map<Identifier, LocalVariable>();
  const needs = new Map<FunctionDeclaration | null, FunctionNeeds>();
  let scope = newScope(null);

  /** Null for a global that is declared, as Lua 5.5 has it. */
  function declare(name: string, variable: LocalVariable | null): void {
    scope.active.push(name);
    const known = scope.byName.get(name);
    if (known === undefined) scope.byName.set(name, [variable]);
    else known.push(variable);
    scope.locals = Math.max(scope.locals, scope.active.length);
  }

  function declareLocals(names: readonly Identifier[]): void {
    for (const each of names) {
      const variable = { name: each.name };
      variables.set(each, variable);
      declare(each.name, variable);
    }
  }

  function use(name: Identifier): void {
    const found = lookUp(scope, name.name);
    if (found !== null) variables.set(name, found);
    else
      for (let each: Scope | null = scope; each?.usesGlobals === false; each = each.outer)
        each.usesGlobals = true;
  }

  function visitBlock(statements: readonly Statement[]): void {
    const first = scope.active.length;
    for (const each of statements) visit(each);
    leave(first);
  }

  /** Ends the scope of what was declared since there were so many variables. */
  function leave(first: number): void {
    const { active, byName } = scope;
    for (let index = first; index < active.length; index++) byName.get(active[index] ?? "")?.pop();
    active.length = first;
  }

  function visitFunction(fn: FunctionDeclaration): void {
    scope = newScope(scope);
    if (fn.identifier?.isMethod === true) declare("self", { name: "self" });
    declareLocals(fn.varargs === null ? fn.parameters : [...fn.parameters, fn.varargs]);
    visitBlock(fn.body);
    needs.set(fn, needsOf(scope));
    scope = scope.outer ?? scope;
  }

  function visit(node: Node): void {
    switch (node.type) {
      case "Identifier":
        use(node);
        break;
      case "MemberSuffix":
      case "LabelStatement":
      case "GotoStatement":
        break;
      case "CallSuffix":
        node.arguments.forEach(visit);
        break;
      case "TableKeyString":
        visit(node.value);
        break;
      case "LocalStatement":
      case "GlobalStatement":
        visitDeclaration(node);
        break;
      case "FunctionDeclaration":
        visitDeclared(node);
        break;
      default:
        visitBlocks(node);
    }
  }

  function visitDeclaration(statement: Extract<Node, { type: "LocalStatement" | "GlobalStatement" }>): void {
    statement.init.forEach(visit);
    if (isLocal(statement)) declareLocals(statement.variables);
    else for (const { name } of statement.variables) declare(name, null);
  }

  /** A local function sees its own name. */
  function visitDeclared(fn: FunctionDeclaration): void {
    const [first] = fn.identifier?.names ?? [];
    if (first !== undefined && fn.isLocal) declareLocals([first]);
    else if (first !== undefined) use(first);
    visitFunction(fn);
  }

  function visitBlocks(node: Node): void {
    switch (node.type) {
      case "DoStatement":
      case "ElseClause":
        visitBlock(node.body);
        break;
      case "IfClause":
      case "WhileStatement":
        visit(node.condition);
        visitBlock(node.body);
        break;
      case "RepeatStatement":
        visitRepeat(node);
        break;
      case "ForNumericStatement":
      case "ForGenericStatement":
        visitFor(node);
        break;
      default:
        forEachChild(node, visit);
    }
  }

  /** The condition sees the locals of the body. */
  function visitRepeat({ body, condition }: RepeatStatement): void {
    const first = scope.active.length;
    for (const each of body) visit(each);
    visit(condition);
    leave(first);
  }

  function visitFor(loop: Extract<LoopStatement, { type: "ForNumericStatement" | "ForGenericStatement" }>) {
    if (loop.type === "ForGenericStatement") loop.iterators.forEach(visit);
    else for (const each of [loop.from, loop.limit, loop.step]) if (each !== null) visit(each);
    const first = scope.active.length;
    for (let each = 0; each < hiddenInFor; each++) declare("(for state)", null);
    declareLocals(loop.type === "ForGenericStatement" ? loop.variables : [loop.variable]);
    visitBlock(loop.body);
    leave(first);
  }

  visitBlock(body);
  needs.set(null, needsOf(scope));
  return { variable: (name) => variables.get(name), needs: (fn) => needs.get(fn) ?? noNeeds };
}

function isLocal(statement: { readonly type: string }): statement is LocalStatement {
  return statement.type === "LocalStatement";
}

function newScope(outer: Scope | null): Scope {
  return { outer, active: [], byName: new Map(), upvalues: new Set(), usesGlobals: false, locals: 0 };
}

function needsOf({ upvalues, usesGlobals, locals }: Scope): FunctionNeeds {
  return { upvalues: upvalues.size, usesGlobals, locals };
}

/** A local of this function or of one around it, which is an upvalue of all in between; null for a global. */
function lookUp(scope: Scope, name: string): LocalVariable | null {
  const own = scope.byName.get(name)?.at(-1);
  if (own !== undefined) return own;
  const found = scope.outer === null ? null : lookUp(scope.outer, name);
  if (found !== null) scope.upvalues.add(found);
  return found;
}
