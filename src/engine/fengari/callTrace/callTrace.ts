import type { TraceRequest } from "../../../types.js";
import type { TestNews } from "../../news.js";
import { type CallInfo, calledBy, cFunctionsOf, type LuaState, lineOf } from "../fengari.js";
import type { Stop } from "../stop.js";
import { type CallListener, hookEvents, type Tracer } from "../trace.js";
import { backFrom, givenTo } from "./passed.js";
import { createTexts } from "./texts.js";
import { bytesOf, createTracedFunctions } from "./tracedFunctions.js";
import { createTracedValues } from "./tracedValues.js";
import { createTraceOutput } from "./traceOutput.js";
import { TraceStack } from "./traceStack.js";

export interface CallTraceOptions {
  readonly request: TraceRequest;
  /** Where the file is that a name stands for as the program runs now. */
  readonly fileOf: (name: string) => string;
  readonly write: (bytes: Uint8Array) => void;
  /** What is left of a program that was stopped is not its own. */
  readonly stop: Stop;
}

/** What shows the calls and lines of one program as it runs. */
export interface CallTrace {
  /** Stands before another tracer. */
  readonly tracer: Tracer;
  readonly onCall: CallListener;
  onTest(news: TestNews): void;
}

/** Of a program that begins now. It writes what `src/lua/agent/trace` does in other Luas. */
export function createCallTrace(
  L: LuaState,
  inner: Tracer,
  { request, fileOf, write, stop }: CallTraceOptions,
): CallTrace {
  const texts = createTexts(fileOf);
  const functions = createTracedFunctions(L, request, texts);
  const values = createTracedValues(L, (called) => functions.of(called).name);
  const output = createTraceOutput(request, texts, write);
  const stacks = new WeakMap<LuaState, TraceStack>();
  const depthOf = createDepths();
  let count = 0;
  let current: TraceStack | null = null;

  function stackOf(thread: LuaState): TraceStack {
    const stack = stacks.get(thread) ?? new TraceStack(++count, current, request, output);
    stacks.set(thread, stack);
    current = stack;
    return stack;
  }

  /** What runs a program holds a message handler. */
  function hideHost(stack: TraceStack, thread: LuaState): void {
    const { ci } = thread;
    if (ci.previous === null || !stack.isHostAt(depthOf(ci.previous))) return;
    for (const fn of cFunctionsOf(thread, ci.previous)) {
      if (functions.of({ kind: "C", fn }).isNameless) functions.hide(fn);
    }
  }

  const onCall: CallListener = (thread, event) => {
    if (stop.reason !== null || output.isOver) return;
    const stack = stackOf(thread);
    const depth = depthOf(thread.ci);
    const called = calledBy(thread.ci);
    if (event === hookEvents.call || event === hookEvents.tailCall) {
      hideHost(stack, thread);
      if (called === null) return;
      const given = () => givenTo(thread, values);
      if (event === hookEvents.call) stack.enter(functions.of(called), depth, given);
      // It takes the place of its caller.
      else stack.replace(functions.of(called), depth - 1, given);
    } else stack.leave(depth, lineOf(thread.ci), () => backFrom(thread, values));
  };

  const tracer: Tracer = (thread) => {
    const { lineinfo } = thread.ci.func.value.p;
    const following = thread.ci.l_savedpc;
    const previous = thread.oldpc;
    const line = lineinfo[following - 1];
    // As luaG_traceexec: at the start of a call, on a jump back, and on another line than the last one.
    const isNew = following === 1 || following <= previous || line !== lineinfo[previous - 1];
    if (isNew && !output.isOver && thread.allowhook !== 0 && line !== undefined) stackOf(thread).line(line);
    inner(thread);
  };

  const onTest = (news: TestNews) => {
    if (news.kind !== "test start") return;
    const { names, place } = news;
    const where = place === null ? "" : `${functions.seen(bytesOf(place.file))}:${place.line}`;
    output.test(where, bytesOf(names.join(" ")));
  };

  return { onTest, tracer: request.lines ? tracer : inner, onCall };
}

/** How deep calls are; a record of a call is used again for others at the same depth. */
function createDepths(): (call: CallInfo) => number {
  const depths = new WeakMap<CallInfo, number>();
  return function depthOf(call: CallInfo): number {
    const known = depths.get(call);
    if (known !== undefined) return known;
    const depth = call.previous === null ? 0 : depthOf(call.previous) + 1;
    depths.set(call, depth);
    return depth;
  };
}
