import * as v from "valibot";
import { checkPatterns } from "../../discover/namePatterns.js";
import { nothingToLaunch } from "../../errors/debug.js";

const texts = v.optional(v.array(v.string()), []);

const luaPattern = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    try {
      if (dataset.typed) checkPatterns([dataset.value]);
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) });
    }
  }),
);

const luaPatterns = v.optional(v.array(luaPattern), []);

/** What a launch configuration may say; editors have keys of their own beside these. */
export const launchSchema = v.object({
  /** A script or a test file. */
  program: v.optional(v.string()),
  /** Test files: globs, files or folders; an empty list for the usual ones. */
  tests: v.optional(v.array(v.string())),
  args: texts,
  cwd: v.optional(v.string()),
  /** One of the Luas that `--lua` takes. */
  lua: v.optional(v.string()),
  /** Lua patterns of names of tests, as `--filter` has them. */
  filter: v.pipe(
    v.optional(v.union([luaPattern, v.array(luaPattern)]), []),
    v.transform((given) => [given].flat()),
  ),
  stopOnEntry: v.optional(v.boolean(), false),
  /** Lua patterns of files in which no step stops. */
  skipFiles: luaPatterns,
  sandbox: v.optional(v.boolean()),
  noDebug: v.optional(v.boolean(), false),
  /** A file for what is changed in programs. */
  log: v.optional(v.string()),
  token: v.optional(v.string()),
});

/** What a configuration may say that joins a run. */
export const attachSchema = v.object({
  /** Of this machine; what VS Code asks its user for is a text. */
  port: v.optional(
    v.pipe(
      v.union([v.number(), v.string()]),
      v.transform(Number),
      v.number("a number from 1 to 65535 is wanted"),
      v.integer(),
      v.minValue(1),
      v.maxValue(65535),
    ),
  ),
  host: v.optional(v.string()),
  token: v.optional(v.string()),
  stopOnEntry: v.optional(v.boolean(), false),
  skipFiles: luaPatterns,
});

export type AttachConfiguration = v.InferOutput<typeof attachSchema>;

/** How programs are shown. */
export type ShownSettings = Pick<LaunchConfiguration, "stopOnEntry" | "skipFiles">;

export type LaunchConfiguration = v.InferOutput<typeof launchSchema>;

/** What is run, and how. */
export interface LaunchSettings
  extends Pick<
    LaunchConfiguration,
    "args" | "cwd" | "lua" | "filter" | "stopOnEntry" | "skipFiles" | "sandbox" | "noDebug" | "log"
  > {
  /** Globs, files or folders; empty for the usual ones. */
  readonly patterns: readonly string[];
}

/** Throws DEBUG where a configuration names nothing to run, or two things. */
export function settingsOf({ program, tests, token: _, ...others }: LaunchConfiguration): LaunchSettings {
  if ((program === undefined) === (tests === undefined)) throw nothingToLaunch();
  return { ...others, patterns: program === undefined ? (tests ?? []) : [program] };
}
