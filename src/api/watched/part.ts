import { LatestRuns } from "../../harness/record/affected.js";
import type { Config } from "../../types.js";
import { configOf } from "../projects.js";
import type { RunRequest } from "../running/request.js";
import { isOthers } from "./configuration.js";

/** A set of options that is watched: a configuration, or one of its projects. */
export interface WatchedPart {
  /** Null for a configuration without projects. */
  readonly name: string | null;
  readonly config: Config;
  /** Whether it goes by what test files run, and not only by what they load. */
  readonly isByTest: boolean;
  readonly runs: LatestRuns;
  /** Whether everything is to run, whatever has changed. */
  isFresh: boolean;
}

/** What a configuration has to watch; none of it has run. */
export function partsOf(whole: Config, request: Pick<RunRequest, "changed">): readonly WatchedPart[] {
  if (whole.projects.length === 0) return [freshPart(null, whole, request)];
  return whole.projects.map((project) => freshPart(project.name, configOf(project, whole), request));
}

function freshPart(
  name: string | null,
  config: Config,
  { changed = false }: Pick<RunRequest, "changed">,
): WatchedPart {
  const isByTest = config.byTest || changed !== false;
  return { name, config, isByTest, runs: new LatestRuns(isByTest), isFresh: true };
}

/**
 * The parts by another configuration: those of which it says the same go on as they are, unless one of the changed `files` is another
 * tool's that counts for them. Where one is gone, all begin anew, so that nothing of it is left.
 */
export function renewed(
  known: readonly WatchedPart[],
  now: readonly WatchedPart[],
  files: readonly string[],
): readonly WatchedPart[] {
  const isThere = ({ name }: WatchedPart) => now.some((part) => part.name === name);
  if (!known.every(isThere)) return now;
  return now.map((part) => {
    const before = known.find(({ name }) => name === part.name);
    // What busted's file says is read with each run.
    const isOther = files.some(isOthers(part.config)) || !saysTheSame(part, before);
    return isOther ? part : (before ?? part);
  });
}

function saysTheSame({ config }: WatchedPart, before: WatchedPart | undefined): boolean {
  return before !== undefined && JSON.stringify(before.config) === JSON.stringify(config);
}
