import type { TraceRequest } from "../../../types.js";
import type { TracedFunction } from "./tracedFunctions.js";
import type { TraceOutput } from "./traceOutput.js";

/** A call of a coroutine, or what is below all calls. */
interface Call {
  readonly fn: TracedFunction;
  /** Where it is on the machine's stack. */
  readonly depth: number;
  /** How deep it is below the script itself, which is at 0. One that is none of the program's is as deep as its caller. */
  readonly level: number;
  readonly isHidden: boolean;
  readonly isWithin: boolean;
  readonly isFile: boolean;
  readonly isShown: boolean;
  line: number;
  /** How many lines of the trace there were by then. */
  written: number;
}

/**
 * The calls of one coroutine, and what of them is shown. An error leaves calls without a return, which is noticed at the return of
 * who has caught it.
 */
export class TraceStack {
  readonly #calls: Call[] = [];
  readonly #base: Pick<Call, "level" | "isWithin" | "isFile">;
  readonly #number: number;
  readonly #request: TraceRequest;
  readonly #output: TraceOutput;

  /** What runs in a coroutine is within the call in which it has begun to. */
  constructor(number: number, creator: TraceStack | null, request: TraceRequest, output: TraceOutput) {
    const outer = creator?.top ?? { isWithin: request.functions.length === 0, isFile: false };
    this.#base = { ...outer, level: creator === null ? -1 : 0 };
    this.#number = number;
    this.#request = request;
    this.#output = output;
  }

  get top(): Pick<Call, "level" | "isWithin" | "isFile"> {
    return this.#calls.at(-1) ?? this.#base;
  }

  /** Whether what runs the program is at a depth of the machine's stack. */
  isHostAt(depth: number): boolean {
    const [first] = this.#calls;
    return this.#base.level < 0 && first?.depth === depth && first.fn.isNameless;
  }

  /** `given` says what it was given; null for what is not said. */
  enter(fn: TracedFunction, depth: number, given: () => string | null): void {
    while ((this.#calls.at(-1)?.depth ?? -1) >= depth) this.#fail();
    this.#push(fn, depth, false);
    this.#showCall("->", given);
  }

  /** In the place of the call at the top, and within what that is within. */
  replace(fn: TracedFunction, depth: number, given: () => string | null): void {
    while ((this.#calls.at(-1)?.depth ?? -1) > depth) this.#fail();
    const isReplaced = this.#calls.at(-1)?.depth === depth;
    const replaced = isReplaced ? this.#calls.pop() : undefined;
    this.#push(fn, depth, replaced?.isWithin ?? false);
    // What is of ours, and its calls, nobody sees.
    this.#showCall(replaced?.isHidden ? "->" : "=>", given);
  }

  line(number: number): void {
    const call = this.#calls.at(-1);
    if (call === undefined || call.fn.isC) return;
    call.line = number;
    if (call.isShown && number > 0) this.#output.line(this.#number, call.fn, number, call.level);
  }

  /** `back` says what it gives back; null for what is not said. */
  leave(depth: number, line: number, back: () => string | null): void {
    // The program has ended: nobody has caught what it ended by.
    if (this.isHostAt(depth)) this.#calls.length = 0;
    while ((this.#calls.at(-1)?.depth ?? -1) > depth) this.#fail();
    if (this.#calls.at(-1)?.depth !== depth) return;
    this.#showEnd(line, () => prefixed(" = ", back()));
    this.#calls.pop();
  }

  #push(fn: TracedFunction, depth: number, isWithin: boolean): void {
    const caller = this.#calls.at(-1);
    const { level, ...outer } = this.top;
    const isHost = caller === undefined && this.#base.level < 0 && fn.isC && fn.isNameless;
    const isHidden =
      fn.isOurs || isHost || (fn.isC && caller !== undefined && (caller.isHidden || caller.fn.hidesC));
    const call = {
      fn,
      depth,
      level: isHidden ? level : level + 1,
      isHidden,
      isWithin: isWithin || outer.isWithin || (!isHidden && fn.isNamed),
      isFile: isHidden || fn.isC ? outer.isFile : fn.isFile,
      line: 0,
      written: this.#output.count,
    };
    const deepest = this.#request.depth ?? Number.POSITIVE_INFINITY;
    const isShown = !isHidden && call.isWithin && call.isFile && call.level <= deepest;
    this.#calls.push({ ...call, isShown });
  }

  #showCall(mark: string, given: () => string | null): void {
    const call = this.#calls.at(-1);
    if (call === undefined || !this.#request.calls || !call.isShown || call.level < 1) return;
    const values = given();
    const note = values === null ? "" : `(${values})`;
    this.#output.call(this.#number, call.fn.place, call.level - 1, mark, call.fn.name, note);
    call.written = this.#output.count;
  }

  /** Of a function of C it is shown that it returns where anything was since it was called. */
  #showEnd(line: number, note: () => string): void {
    const call = this.#calls.at(-1);
    if (call === undefined || !this.#request.calls || !call.isShown || call.level < 1) return;
    const { fn, level, written } = call;
    if (fn.isC && written === this.#output.count) return;
    const place = fn.isC || line === 0 ? fn.place : `${fn.file}:${line}`;
    this.#output.call(this.#number, place, level - 1, "<-", fn.name, note());
  }

  #fail(): void {
    this.#showEnd(this.#calls.at(-1)?.line ?? 0, () => " (error)");
    this.#calls.pop();
  }
}

function prefixed(prefix: string, text: string | null): string {
  return text === null ? "" : `${prefix}${text}`;
}
