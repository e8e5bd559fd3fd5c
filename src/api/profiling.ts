import { emptyProfile } from "../profile/merge.js";
import type { Config, Profile, RunResult } from "../types.js";
import { run } from "./run.js";
import type { RunRequest } from "./running/request.js";

/** What a run found out that was to find out where the time goes. */
export interface ProfileResult extends RunResult {
  /** By the configuration's `profileMode`: each time in whole microseconds, allocations in bytes. */
  readonly profile: Profile;
}

/**
 * Runs test files, or scripts, and finds out where their time goes; of what they cover nothing is measured. Throws as `run` does,
 * and CONFIG where fengari's memory is asked for.
 */
export async function profile(config: Config, request: RunRequest): Promise<ProfileResult> {
  const { profileMode: mode, perTest } = config;
  const result = await run({ ...config, coverage: false, profile: { mode, perTest } }, request);
  return { ...result, profile: result.profile ?? emptyProfile };
}
