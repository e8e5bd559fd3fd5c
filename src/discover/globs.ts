import { createRequire } from "node:module";
import type minimatch from "minimatch";
import { badGlob } from "../errors.js";

const require = createRequire(import.meta.url);

/**
 * What globs mean, wherever a user writes one: what they mean in nyc. Its rules are in test-exclude 6, its matcher is
 * minimatch 3; later versions of that, and other matchers, read some patterns otherwise.
 */
export interface Glob {
  /** Of two paths below the same folder, with "/" in them. */
  matches(path: string): boolean;
  /** False when nothing in a folder can match. */
  mayMatchIn(folder: string): boolean;
  /** Whether everything in a folder matches. */
  matchesAllIn(folder: string): boolean;
  /** What its braces stand for, each without any. */
  readonly alternatives: readonly string[];
}

/** Globs of a list as nyc reads it: with the contents of the folders that they name. */
export interface GlobList {
  /** The first pattern that a path matches, as the user wrote it; null for none. */
  firstMatch(path: string): string | null;
  mayMatchIn(folder: string): boolean;
  matchesAllIn(folder: string): boolean;
}

/** A pattern with what nyc makes of it. */
export interface Expanded {
  readonly glob: string;
  /** As the user wrote it, but for a "!". */
  readonly origin: string;
}

/** As in .gitignore: a pattern also means all in a folder of that name. And what is anywhere may be at the top. */
export function expand(patterns: readonly Expanded[]): Expanded[] {
  return patterns.flatMap(({ glob, origin }) => {
    const globs = [
      ...(/\/\*\*$/.test(glob) ? [] : [`${glob.replace(/\/$/, "")}/**`]),
      ...(/^\*\*\//.test(glob) ? [glob.replace(/^\*\*\//, "")] : []),
      glob,
    ];
    return globs.map((each) => ({ glob: each, origin }));
  });
}

/** Patterns as a user wrote them, with what nyc makes of each. */
export function expandPatterns(patterns: readonly string[]): Expanded[] {
  return expand(patterns.map((pattern) => ({ glob: pattern, origin: withoutSign(pattern) })));
}

export function listOf(patterns: readonly Expanded[]): GlobList {
  const globs = patterns.map(({ glob, origin }) => ({ ...compileGlob(glob), origin }));
  return {
    firstMatch: (path) => globs.find((glob) => glob.matches(path))?.origin ?? null,
    mayMatchIn: (folder) => globs.some((glob) => glob.mayMatchIn(folder)),
    matchesAllIn: (folder) => globs.some((glob) => glob.matchesAllIn(folder)),
  };
}

/** What patterns ask for and, by a "!" in front, do not; nyc makes a "!" also of the one in a pattern like `**\/!x`. */
export function bySign(patterns: readonly Expanded[]): { plain: Expanded[]; negated: Expanded[] } {
  const negated = patterns.filter(({ glob }) => isNegated(glob));
  return {
    plain: patterns.filter(({ glob }) => !isNegated(glob)),
    negated: expand(negated.map(({ glob, origin }) => ({ glob: withoutSign(glob), origin }))),
  };
}

export const isNegated = (glob: string) => glob.startsWith("!");
export const withoutSign = (glob: string) => (isNegated(glob) ? glob.slice(1) : glob);

const options = { dot: true } as const;
const everything = /\/\*\*$/;

/** Throws CONFIG for a pattern that is too long to be one. */
export function compileGlob(pattern: string): Glob {
  const glob = compiled(pattern);
  // Blanks at the end of a pattern are no part of it, those before a "/" are.
  const folders = /\S\/\*\*$/.test(pattern) ? compiled(pattern.replace(everything, "")) : null;
  const isInverted = isNegated(pattern.trim());
  return {
    matches: (path) => glob.match(path),
    mayMatchIn: (folder) => isInverted || glob.match(folder, true),
    matchesAllIn: (folder) => !isInverted && (folders?.match(folder) ?? false),
    get alternatives() {
      return glob.braceExpand();
    },
  };
}

/** The folders that a pattern begins with whatever else is in it, as it spells them: `test/unit` of `test/unit/*.lua`. */
export function fixedSteps(pattern: string): string[] {
  const [first = [], ...others] = compiled(pattern).set;
  const steps = first.slice(0, -1).map((step, index) => {
    const isFixed =
      typeof step === "string" && others.every((each) => each.length - 1 > index && each[index] === step);
    return isFixed ? step : null;
  });
  const end = steps.indexOf(null);
  return steps.slice(0, end === -1 ? undefined : end).filter((step) => step !== null);
}

/** Whether a pattern can mean anything but one path. */
export function isGlob(pattern: string): boolean {
  const { set } = compiled(pattern);
  return set.length > 1 || set.some((steps) => steps.some((step) => typeof step !== "string"));
}

function compiled(pattern: string) {
  const { Minimatch }: typeof minimatch = require("minimatch");
  try {
    return new Minimatch(pattern, options);
  } catch (cause) {
    throw badGlob(pattern, cause);
  }
}
