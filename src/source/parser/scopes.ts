import type { FunctionNeeds, Identifier, LocalVariable, Open } from "../tree.js";
import { type Block, Jumps, newBlock } from "./jumps.js";
import type { TokenStream } from "./stream.js";
import { hasOldWording, tooMany } from "./wording.js";

/** What a name stands for: a local that may be assigned to or not, or, in Lua 5.5, a declared global. */
export interface Variable {
  readonly name: string;
  readonly kind: "local" | "global";
  readonly isConstant: boolean;
}

interface FunctionScope {
  readonly outer: FunctionScope | null;
  /** 0 for the main function. */
  readonly line: number;
  readonly isVararg: boolean;
  readonly active: Variable[];
  /** The active variables of each name, the innermost last. */
  readonly byName: Map<string, Variable[]>;
  /** What names that the function does not declare itself stand for; null for a global. */
  readonly outside: Map<string, Variable | null>;
  upvalues: number;
  needs: Open<FunctionNeeds>;
  /** How many `for` it is in. */
  loops: number;
  /** Declarations of globals in the function's active variables, by their kind. */
  named: number;
  collective: number;
  block: Block;
}

const COLLECTIVE = "*";
const ENVIRONMENT = "_ENV";
const maxLocals = 200;
/** Variables that a `for` keeps for itself; Lua 5.4 has one more. */
const hiddenInFor = ["(for state)", "(for state)", "(for state)"];

/** Which names mean what at the place that is being read, and which labels are in sight. */
export class Scopes {
  readonly #stream: TokenStream;
  readonly #jumps: Jumps;
  #fn: FunctionScope;

  constructor(stream: TokenStream) {
    this.#stream = stream;
    this.#jumps = new Jumps(stream);
    this.#fn = newFunction(null, 0, true);
  }

  get isVararg(): boolean {
    return this.#fn.isVararg;
  }

  get isInLoop(): boolean {
    for (let block: Block | null = this.#fn.block; block !== null; block = block.outer) {
      if (block.isLoop) return true;
    }
    return false;
  }

  enterFunction(line: number, isVararg: boolean): void {
    this.#fn = newFunction(this.#fn, line, isVararg);
  }

  /** Ends a function, also the main one. */
  leaveFunction(): FunctionNeeds {
    const { block, outer, needs } = this.#fn;
    this.#jumps.end(block);
    if (outer !== null) this.#fn = outer;
    return needs;
  }

  enterBlock(isLoop: boolean): void {
    const fn = this.#fn;
    fn.block = newBlock(fn.block, isLoop, fn.active.length);
  }

  leaveBlock(): void {
    const { block } = this.#fn;
    this.#deactivate(block.first);
    this.#jumps.leave(block);
    this.#fn.block = block.outer ?? block;
  }

  declareLocal(name: Identifier, isConstant = false): void {
    stand(name, this.#declare(name.name, isConstant));
  }

  /** The object of a method. */
  declareSelf(): void {
    this.#declare("self", false);
  }

  /** From the header of a `for` on. */
  enterFor(): void {
    for (const name of hiddenInFor) this.#declare(name, false);
    this.#fn.loops++;
  }

  leaveFor(): void {
    this.#fn.loops--;
  }

  /** A global of Lua 5.5; null for `global *`. */
  declareGlobal(name: string | null, isConstant: boolean): void {
    this.#activate({ name: name ?? COLLECTIVE, kind: "global", isConstant });
    if (name === null) this.#fn.collective++;
    else this.#fn.named++;
  }

  /** What a name stands for, null for a global that nothing declares. */
  use(name: Identifier): Variable | null {
    const found = this.#find(name.name);
    if (found?.kind === "local") stand(name, found);
    return found;
  }

  #find(name: string): Variable | null {
    const found = this.#lookUp(this.#fn, name);
    if (found?.kind === "local") return found;
    if (found === null) this.#checkDeclared(name);
    this.#needGlobals();
    if (this.#hasEnvironment) this.#lookUp(this.#fn, ENVIRONMENT);
    return found;
  }

  /** An assignment to a name. */
  assign({ name }: Identifier): void {
    const variable = this.#find(name) ?? this.#collective();
    if (variable?.isConstant) this.failConstant(name);
  }

  goto(label: string | null, line: number): void {
    const { block, active } = this.#fn;
    this.#jumps.goto(block, label, line, active.length);
  }

  label(name: string, line: number): void {
    this.#jumps.label(this.#fn.block, name, line);
  }

  /** Before a statement, or with the end of a block. */
  reachLabels(isEnd: boolean): void {
    const { block, active } = this.#fn;
    this.#jumps.reachLabels(block, active, isEnd);
  }

  failConstant(name: string): never {
    return this.#stream.failMeaning(`attempt to assign to const variable '${name}'`);
  }

  get #hasEnvironment(): boolean {
    const { version } = this.#stream.dialect;
    return version !== "5.1" && version !== "LuaJIT";
  }

  #declare(name: string, isConstant: boolean): Variable {
    if (this.#fn.active.length >= maxLocals) this.failTooMany("local variables", maxLocals);
    const variable: Variable = { name, kind: "local", isConstant };
    this.#activate(variable);
    return variable;
  }

  #activate(variable: Variable): void {
    const { active, byName, needs, loops } = this.#fn;
    active.push(variable);
    needs.locals = Math.max(needs.locals, active.length + loops);
    const known = byName.get(variable.name);
    if (known === undefined) byName.set(variable.name, [variable]);
    else known.push(variable);
  }

  #deactivate(first: number): void {
    const fn = this.#fn;
    while (fn.active.length > first) {
      const variable = fn.active.pop();
      if (variable === undefined) return;
      fn.byName.get(variable.name)?.pop();
      if (variable.kind === "local") continue;
      if (variable.name === COLLECTIVE) fn.collective--;
      else fn.named--;
    }
  }

  /** A name in a function: its own local, one of a function around it, or null. */
  #lookUp(fn: FunctionScope, name: string): Variable | null {
    const own = fn.byName.get(name)?.at(-1);
    if (own !== undefined) return own;
    const known = fn.outside.get(name);
    if (known !== undefined) return known;
    const isOpened = fn.outer === null && name === ENVIRONMENT;
    const found = fn.outer === null ? null : this.#lookUp(fn.outer, name);
    fn.outside.set(name, found);
    if (found?.kind === "local") fn.needs.upvalues++;
    if (isOpened || found?.kind === "local" || name === ENVIRONMENT) this.#addUpvalue(fn);
    return found;
  }

  #addUpvalue(fn: FunctionScope): void {
    const { upvalues } = this.#stream.dialect;
    if (++fn.upvalues > upvalues) this.failTooMany("upvalues", upvalues, fn);
  }

  /** A function needs what the functions in it do. */
  #needGlobals(): void {
    for (let fn: FunctionScope | null = this.#fn; fn?.needs.usesGlobals === false; fn = fn.outer) {
      fn.needs.usesGlobals = true;
    }
  }

  /** The innermost `global *` in sight. */
  #collective(): Variable | null {
    for (let fn: FunctionScope | null = this.#fn; fn !== null; fn = fn.outer) {
      const found = fn.byName.get(COLLECTIVE)?.at(-1);
      if (found !== undefined) return found;
    }
    return null;
  }

  #checkDeclared(name: string): void {
    if (name === ENVIRONMENT) return;
    let named = 0;
    let collective = 0;
    for (let fn: FunctionScope | null = this.#fn; fn !== null; fn = fn.outer) {
      named += fn.named;
      collective += fn.collective;
    }
    if (named > 0 && collective === 0) this.#stream.failMeaning(`variable '${name}' not declared`);
  }

  failTooMany(what: string, limit: number, fn: FunctionScope = this.#fn): never {
    const message = tooMany(what, limit, fn.line, this.#stream.dialect);
    return hasOldWording(this.#stream.dialect)
      ? this.#stream.failMeaning(message)
      : this.#stream.fail(message);
  }
}

/** Nobody else has seen a name that is still being read. */
function stand(name: Identifier, variable: LocalVariable): void {
  const open: Open<Identifier> = name;
  open.variable = variable;
}

function newFunction(outer: FunctionScope | null, line: number, isVararg: boolean): FunctionScope {
  return {
    outer,
    line,
    isVararg,
    active: [],
    byName: new Map(),
    outside: new Map(),
    upvalues: 0,
    needs: { upvalues: 0, usesGlobals: false, locals: 0 },
    loops: 0,
    named: 0,
    collective: 0,
    block: newBlock(null, false, 0),
  };
}
