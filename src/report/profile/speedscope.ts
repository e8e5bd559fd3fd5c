import { wholeOf } from "../../profile/tree.js";
import type { Profile, ProfiledFunction } from "../../types.js";
import { fileName, nameOf } from "./names.js";
import { eachStack, withShortStacks } from "./stacks.js";

const schema = "https://www.speedscope.app/file-format-schema.json";

/** A file of speedscope's own, by its file-format-schema.json: a profile of samples with their weights in microseconds. */
export interface SpeedscopeFile {
  readonly $schema: typeof schema;
  readonly exporter: string;
  readonly name: string;
  readonly activeProfileIndex: number;
  readonly shared: { readonly frames: readonly SpeedscopeFrame[] };
  readonly profiles: readonly SampledProfile[];
}

interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

interface SampledProfile {
  readonly type: "sampled";
  readonly name: string;
  readonly unit: "microseconds";
  readonly startValue: number;
  readonly endValue: number;
  /** Frames by their indices, from the outermost on. */
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

export function speedscopeFile(given: Profile, root: string): SpeedscopeFile {
  const profile = withShortStacks(given);
  const samples: number[][] = [];
  const weights: number[] = [];
  eachStack(profile, (stack, self) => {
    samples.push([...stack]);
    weights.push(self);
  });
  const frames = profile.functions.map((fn) => frameOf(fn, root));
  const endValue = wholeOf(profile);
  const name = "luacov-ts";
  return {
    $schema: schema,
    exporter: name,
    name,
    activeProfileIndex: 0,
    shared: { frames },
    profiles: [{ type: "sampled", name, unit: "microseconds", startValue: 0, endValue, samples, weights }],
  };
}

function frameOf(fn: ProfiledFunction, root: string): SpeedscopeFrame {
  const name = nameOf(fn);
  if (fn.file === null) return { name };
  return { name, file: fileName(fn.file, root), ...(fn.line > 0 ? { line: fn.line } : {}) };
}
