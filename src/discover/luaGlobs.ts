import { vagueGlob } from "../errors/trace.js";
import { bySign, compileGlob, expandPatterns, withoutSign } from "./globs.js";

/** What globs mean as lists of Lua patterns: files that match one of `files`, if there are any, and none of `others`. */
export interface LuaGlobs {
  readonly files: readonly string[];
  readonly others: readonly string[];
}

/**
 * Globs for who matches files inside a Lua: `*`, `**`, `?`, and alternatives in braces. Throws CONFIG for others, of which Lua's
 * patterns know no like.
 */
export function luaGlobs(globs: readonly string[]): LuaGlobs {
  for (const glob of globs) if (/[[\]\\]|[!?*+@]\(/.test(withoutSign(glob))) throw vagueGlob(glob);
  const { plain, negated } = bySign(expandPatterns(globs));
  const patternsOf = (each: { readonly glob: string }) => luaPatterns(each.glob.replace(/^\.\//, ""));
  return { files: plain.flatMap(patternsOf), others: negated.flatMap(patternsOf) };
}

/** Each of these has to match all of a path. */
function luaPatterns(glob: string): string[] {
  return compileGlob(glob)
    .alternatives.flatMap((each) => pathsOf(each.split("/")))
    .map((path) => `^${path}$`);
}

/** `**` stands for any number of folders, also for none, which Lua's patterns cannot say of a group. */
function pathsOf([step = "", ...others]: readonly string[]): string[] {
  if (others.length === 0) return [step === "**" ? ".*" : stepOf(step)];
  const rests = pathsOf(others);
  if (step !== "**") return rests.map((rest) => `${stepOf(step)}/${rest}`);
  return rests.flatMap((rest) => (rest === ".*" ? [rest] : [rest, `.*/${rest}`]));
}

const wildcards: Readonly<Record<string, string>> = { "*": "[^/]*", "?": "[^/]" };

function stepOf(step: string): string {
  return step.replace(/\*+|[^\w]/g, (each) => wildcards[each[0] ?? ""] ?? `%${each}`);
}
