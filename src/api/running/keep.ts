import { replaceByTest } from "../../store/byTestFile.js";
import { keepProfile } from "../../store/profileFile.js";
import type { beginRun } from "../../store/storedRun.js";
import type { Config, Shard } from "../../types.js";
import type { Conclusion } from "./conclude.js";

interface Keeping {
  readonly began: number;
  readonly shard: Shard | null;
  /** Null for a run whose coverage is not kept. */
  readonly stored: ReturnType<typeof beginRun> | null;
}

/** Leaves in the temp-dir what a run has found out. Returns what is in doubt. */
export async function keepConclusion(
  config: Config,
  { result, digests, byTest }: Conclusion,
  { began, shard, stored }: Keeping,
): Promise<readonly string[]> {
  const doubts = (await stored?.keep(result.coverage, { shard, digests })) ?? [];
  // busted does not tell where a test begins: of its tests, nobody wants to know that they are all one.
  if (stored !== null) replaceByTest(config, config.framework === "busted" ? null : byTest, began);
  if (result.profile !== null) keepProfile(config, result.profile, began);
  return doubts;
}

/** Whose what is kept is. */
export function storingOf(config: Config): Config {
  return { ...config, cwd: config.partOf ?? config.cwd };
}
