import type { Profile, ProfileMode } from "../../../types.js";
import type { TestNews } from "../../news.js";
import type { LuaState } from "../fengari.js";
import type { CallListener, Tracer } from "../trace.js";
import { createCalledFunctions } from "./calledFunctions.js";
import { CallTree, top } from "./callTree.js";
import { exactCalls } from "./exactCalls.js";
import { interval, type Samples, sampleCalls } from "./samples.js";

/** How a program is to be profiled. */
export interface ProfilerOptions {
  /** Memory is JavaScript's, so it is not asked for. */
  readonly mode: Exclude<ProfileMode, "memory">;
  readonly perTest: boolean;
  /** Which file a name stands for as the program runs now. */
  readonly fileOf: (name: string) => string;
}

/** What finds out where the time of one program goes. */
export interface Profiler {
  /** Stands before another tracer. */
  readonly tracer: Tracer;
  /** Hears of calls and returns; null where it need not. */
  readonly onCall: CallListener | null;
  /** Hears of tests. */
  onTest(news: TestNews): void;
  /** The program stands still for its debugger, or goes on. */
  stand(isStanding: boolean): void;
  profile(): Profile;
}

/** Of a program that begins now. */
export function createProfiler(
  L: LuaState,
  tracer: Tracer,
  { mode, perTest, fileOf }: ProfilerOptions,
): Profiler {
  const functions = createCalledFunctions(L, fileOf);
  const tree = new CallTree();
  const samples: Samples | null = mode === "sampling" ? sampleCalls(functions, tree, tracer) : null;
  const exact = samples === null ? exactCalls(functions, tree) : null;
  const nodeOfTest = ({ names, place }: Extract<TestNews, { kind: "test start" }>) => {
    const file = place === null ? null : fileOf(place.file);
    const test = { kind: "test", name: names.join(" "), file, line: place?.line ?? 0, lastLine: 0 } as const;
    return tree.below(top, functions.add(test));
  };
  return {
    tracer: samples?.tracer ?? tracer,
    onCall: exact?.onCall ?? null,
    onTest: (news) => {
      if (!perTest || news.kind === "tests complete") return;
      tree.base = news.kind === "test start" ? nodeOfTest(news) : top;
      if (news.kind === "test start") tree.addCall(tree.base);
      exact?.rebase();
    },
    stand: (isStanding) => {
      samples?.stand(isStanding);
      exact?.stand(isStanding);
    },
    profile: () => ({
      functions: functions.all,
      nodes: tree.nodes(samples === null),
      sampling: samples === null ? [] : [{ samples: samples.count, interval, unit: "instructions" }],
      overhead: Math.round(tree.overhead * 1000),
      held: null,
    }),
  };
}
