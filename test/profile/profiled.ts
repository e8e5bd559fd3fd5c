import path from "node:path";
import { loadConfig, type Profile, type ProfileMode, type ProfileNode, profile } from "luacov-ts";
import { makeFolder } from "../support/folder.js";

/** Runs a script and gives its profile. */
export async function profiled(lua: string, profileMode: ProfileMode, program: string): Promise<Profile> {
  return (await timed(lua, profileMode, program)).profile;
}

/** The same of several scripts at a time, with how long they took, in milliseconds. */
export async function timed(lua: string, profileMode: ProfileMode, ...programs: readonly string[]) {
  const cwd = makeFolder(Object.fromEntries(programs.map((program, index) => [`main${index}.lua`, program])));
  const config = await loadConfig({ cwd, lua, profileMode, jobs: programs.length, reporter: ["none"] });
  const result = await profile(config, { patterns: [path.join(cwd, "main*.lua")] });
  const [failed] = result.results.filter(({ status }) => status !== "success");
  if (failed !== undefined) throw new Error(failed.message);
  return { profile: result.profile, duration: result.results.reduce((sum, each) => sum + each.duration, 0) };
}

/** The tree of calls, a line for each node: its name, or the line where it is defined, and how often it was called. */
export function listing({ functions, nodes }: Profile): string[] {
  const below = (parent: number, indent: string): string[] =>
    nodes.flatMap((node, index) => {
      if (node.parent !== parent) return [];
      const fn = functions[node.fn];
      const name = fn?.kind === "main" ? "main" : (fn?.name ?? `line ${fn?.line}`);
      return [`${indent}${name} ${node.calls}`, ...below(index, `${indent}  `)];
    });
  return below(-1, "");
}

/** The share of the time in a function and all that it calls, by its name. */
export function shareOf(profile: Profile, name: string): number {
  return shareIn(profile, name, ({ self }) => self);
}

/** The share of the samples there. */
export function sampledIn(profile: Profile, name: string): number {
  return shareIn(profile, name, ({ samples }) => samples);
}

function shareIn(
  { functions, nodes }: Profile,
  name: string,
  weightOf: (node: ProfileNode) => number,
): number {
  const isIn = (index: number): boolean => {
    const node = nodes[index];
    return node !== undefined && (functions[node.fn]?.name === name || isIn(node.parent));
  };
  const whole = nodes.reduce((sum, node) => sum + weightOf(node), 0);
  return nodes.reduce((sum, node, index) => sum + (isIn(index) ? weightOf(node) : 0), 0) / whole;
}
