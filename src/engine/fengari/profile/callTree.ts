import type { ProfileNode } from "../../../types.js";

/** The top of a tree. */
export const top = 0;

/** What is known of a node while a program runs: milliseconds, bytes, and times. */
interface Node {
  readonly parent: number;
  readonly fn: number;
  readonly called: Map<number, number>;
  readonly lines: Map<number, number>;
  self: number;
  samples: number;
  calls: number;
}

/** A tree of calls that grows: a node for each function as it was called from each place in the tree. */
export class CallTree {
  /** The first one is the top. */
  readonly #nodes: Node[] = [newNode(top, -1)];
  /** What the profiler itself took, in milliseconds. */
  overhead = 0;
  /** What the calls are below that have no caller: the test that runs, where each is told by itself, or the top. */
  base = top;

  /** The node of a function below another. */
  below(parent: number, fn: number): number {
    const { called } = this.#at(parent);
    const known = called.get(fn);
    if (known !== undefined) return known;
    const node = this.#nodes.push(newNode(parent, fn)) - 1;
    called.set(fn, node);
    return node;
  }

  is(node: number, fn: number): boolean {
    return this.#at(node).fn === fn;
  }

  addCall(node: number): void {
    this.#at(node).calls++;
  }

  /** At the top nothing of the program's runs. */
  spend(node: number, milliseconds: number): void {
    if (node !== top) this.#at(node).self += milliseconds;
  }

  addSample(node: number, milliseconds: number, line: number): void {
    this.spend(node, milliseconds);
    if (node === top) return;
    const { lines } = this.#at(node);
    this.#at(node).samples++;
    if (line > 0) lines.set(line, (lines.get(line) ?? 0) + milliseconds);
  }

  /** In whole microseconds; with calls where they were counted. */
  nodes(countsCalls: boolean): ProfileNode[] {
    return this.#nodes.slice(1).map(({ parent, fn, self, samples, calls, lines }) => ({
      fn,
      parent: parent - 1,
      ...timesOf(self, lines),
      samples,
      calls: countsCalls ? calls : null,
      allocated: null,
    }));
  }

  #at(node: number): Node {
    const found = this.#nodes[node];
    if (found === undefined) throw new Error("a node of the tree");
    return found;
  }
}

function newNode(parent: number, fn: number): Node {
  return { parent, fn, called: new Map(), lines: new Map(), self: 0, samples: 0, calls: 0 };
}

/** A node's lines never have more time than it has itself. */
function timesOf(self: number, lines: ReadonlyMap<number, number>): Pick<ProfileNode, "self" | "lines"> {
  const entries = [...lines].sort(([a], [b]) => a - b).map(([line, time]) => [line, micro(time)] as const);
  const known = entries.reduce((sum, [, time]) => sum + time, 0);
  return { self: Math.max(micro(self), known), lines: entries };
}

function micro(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}
