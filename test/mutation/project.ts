import {
  type Config,
  loadConfig,
  type MutationRequest,
  type MutationResult,
  mutate,
  type Options,
} from "luacov-ts";
import { type Files, makeProject } from "../support/project.js";

/** A project whose fates are its own: what is in node_modules is where they are kept. */
export function makeMutationProject(files: Files): string {
  return makeProject({ "node_modules/.keep": "", ...files });
}

export async function configOf(cwd: string, options: Options = {}): Promise<Config> {
  return loadConfig({ cwd, jobs: 1, ...options });
}

/** What mutants of a project come to, by default of all of its sources. */
export async function mutatedIn(
  cwd: string,
  options: Options = {},
  request: MutationRequest = {},
): Promise<MutationResult> {
  return mutate(await configOf(cwd, options), request);
}

/** The fate of each mutant, as in `src/a.lua:1:5 NumberLiteral Killed`. */
export function fatesIn({ sources }: Pick<MutationResult, "sources">): string[] {
  return sources.flatMap(({ name, mutants }) => mutants.map(({ id, status }) => `${name}:${id} ${status}`));
}
