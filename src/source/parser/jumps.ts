import type { TokenStream } from "./stream.js";
import { duplicateLabel, jumpIntoScope, noLabel, noLoop } from "./wording.js";

/** A block that is being read, with its labels and the jumps in it. */
export interface Block {
  readonly outer: Block | null;
  readonly isLoop: boolean;
  /** How many variables were active where it began. */
  readonly first: number;
  /** Null while there is none. */
  labels: Map<string, Label> | null;
  /** Labels behind which only others and `;` have been read. */
  readonly lastLabels: Label[];
  gotos: PendingGoto[];
}

/** A `goto`, or a `break`, whose label has not been found yet. */
interface PendingGoto {
  readonly label: string | null;
  readonly line: number;
  /** How many locals were active there, less those of blocks that have ended since. */
  active: number;
}

interface Label {
  readonly name: string;
  readonly line: number;
}

export function newBlock(outer: Block | null, isLoop: boolean, first: number): Block {
  return { outer, isLoop, first, labels: null, lastLabels: [], gotos: [] };
}

/** Which label each jump of a function goes to, and whether it may. */
export class Jumps {
  readonly #stream: TokenStream;

  constructor(stream: TokenStream) {
    this.#stream = stream;
  }

  /** A jump at a place with so many active variables; null for `break`. */
  goto(block: Block, label: string | null, line: number, active: number): void {
    const isKnown = label !== null && findLabel(block, label) !== null;
    if (!isKnown) block.gotos.push({ label, line, active });
  }

  label(block: Block, name: string, line: number): void {
    const known = this.#stream.dialect.uniqueLabels ? findLabel(block, name) : block.labels?.get(name);
    if (known !== undefined && known !== null) this.#failDuplicate(known);
    const label = { name, line };
    block.labels ??= new Map();
    block.labels.set(name, label);
    block.lastLabels.push(label);
  }

  /** Hands what a block has not found to the one around it. */
  leave({ outer, first, gotos, isLoop }: Block): void {
    for (const each of gotos) {
      if (outer === null || (isLoop && each.label === null)) continue;
      each.active = Math.min(each.active, first);
      outer.gotos.push(each);
    }
  }

  /** At the end of a function. */
  end({ gotos: [pending] }: Block): void {
    if (pending === undefined) return;
    const { label, line } = pending;
    const { dialect } = this.#stream;
    this.#fail(label === null ? noLoop(line, dialect) : noLabel(label, line, dialect), line);
  }

  /** Before a statement, or with the end of a block: there labels are outside of the scope of its locals. */
  reachLabels(block: Block, variables: readonly { readonly name: string }[], isEnd: boolean): void {
    if (block.lastLabels.length === 0) return;
    for (const { name } of block.lastLabels.splice(0)) {
      const first = isEnd ? block.first : variables.length;
      const jump = block.gotos.find((each) => each.label === name && each.active < first);
      if (jump !== undefined) this.#failJump(jump, variables[jump.active]?.name ?? "?");
      block.gotos = block.gotos.filter((each) => each.label !== name);
    }
  }

  #failJump({ label, line }: PendingGoto, variable: string): never {
    return this.#fail(jumpIntoScope(label ?? "break", variable, line, this.#stream.dialect), line);
  }

  #failDuplicate({ name, line }: Label): never {
    return this.#stream.failMeaning(duplicateLabel(name, line, this.#stream.dialect));
  }

  /** LuaJIT names the line of the `goto`; the others, that to which they have read. */
  #fail(message: string, line: number): never {
    return this.#stream.failMeaning(message, this.#stream.dialect.version === "LuaJIT" ? line : undefined);
  }
}

/** A label in a block or one around it. */
function findLabel(block: Block, name: string): Label | null {
  for (let each: Block | null = block; each !== null; each = each.outer) {
    const found = each.labels?.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
