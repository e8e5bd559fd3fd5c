import type { Profile, ProfiledFunction } from "../../types.js";
import { nameOf, placeOf } from "./names.js";
import { eachStack, withShortStacks } from "./stacks.js";

/** Collapsed stacks, as Brendan Gregg's flamegraph.pl reads them: a line for each, `main;parse 1234`, in microseconds. */
export function collapsedStacks(given: Profile, root: string): string {
  const profile = withShortStacks(given);
  const frames = profile.functions.map((fn) => frameOf(fn, root));
  const lines: string[] = [];
  eachStack(profile, (stack, self) => lines.push(`${stack.map((fn) => frames[fn]).join(";")} ${self}\n`));
  return lines.join("");
}

/** One word for a function, with its place: a semicolon ends a frame, and white space a stack. */
function frameOf(fn: ProfiledFunction, root: string): string {
  return `${nameOf(fn)}@${placeOf(fn, root)}`.replaceAll(";", ":").replace(/\s+/g, "_");
}
