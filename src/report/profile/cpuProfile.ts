import { wholeOf } from "../../profile/tree.js";
import type { Profile, ProfiledFunction } from "../../types.js";
import { nameOf, urlOf } from "./names.js";

/** A node as V8 has it: lines of functions from 0, of ticks from 1. */
interface CpuNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount: number;
  readonly children: number[];
  readonly positionTicks?: readonly { readonly line: number; readonly ticks: number }[];
}

/** A profile of V8's, as the DevTools protocol has it (Profiler.Profile). Times are in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly CpuNode[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const root = 1;
const noFrame = { scriptId: "0", url: "", lineNumber: -1, columnNumber: -1 };

/**
 * A profile as Chrome, VS Code and speedscope read it. A hit is a microsecond: some readers go by hits, others by the times
 * between samples, of which a node has one. A sample lasts until the next one, and the last is the root's.
 */
export function cpuProfile(profile: Profile): CpuProfile {
  const scripts = scriptsOf(profile.functions);
  const top: CpuNode = {
    id: root,
    callFrame: { functionName: "(root)", ...noFrame },
    hitCount: 0,
    children: [],
  };
  const nodes = [top];
  for (const [index, { fn, parent, self, lines }] of profile.nodes.entries()) {
    const id = index + root + 1;
    const ticks = lines.map(([line, time]) => ({ line, ticks: time }));
    nodes[parent + 1]?.children.push(id);
    nodes.push({
      id,
      callFrame: callFrame(profile.functions[fn], scripts),
      hitCount: self,
      children: [],
      ...(ticks.length === 0 ? {} : { positionTicks: ticks }),
    });
  }
  const sampled = nodes.filter(({ hitCount }) => hitCount > 0);
  return {
    nodes,
    startTime: 0,
    endTime: wholeOf(profile),
    samples: [...sampled.map(({ id }) => id), root],
    timeDeltas: [0, ...sampled.map(({ hitCount }) => hitCount)],
  };
}

/** Each file is a script of its own, from 1 on. */
function scriptsOf(functions: readonly ProfiledFunction[]): ReadonlyMap<string, number> {
  const files = new Set(functions.flatMap(({ file }) => file ?? []));
  return new Map(Array.from(files, (file, index) => [file, index + 1]));
}

function callFrame(
  fn: ProfiledFunction | undefined,
  scripts: ReadonlyMap<string, number>,
): CpuNode["callFrame"] {
  const functionName = fn === undefined ? "" : nameOf(fn);
  const script = scripts.get(fn?.file ?? "");
  if (fn === undefined || script === undefined) return { functionName, ...noFrame };
  const lineNumber = Math.max(0, fn.line - 1);
  return { functionName, scriptId: String(script), url: urlOf(fn.file), lineNumber, columnNumber: 0 };
}
