import { usage } from "../errors.js";
import { visible } from "../files/visible.js";
import { type Config, chooseProjects } from "../index.js";
import { listed } from "../words.js";

/**
 * The configuration of the projects that are asked for, all by default. `way` is what is done with it where that is about one alone.
 * Throws USAGE for a project that there is not, and for several where there can be but one.
 */
export async function ofProjects(
  config: Config,
  patterns: readonly string[],
  way: string | null,
): Promise<Config> {
  const chosen = patterns.length === 0 ? config : await chooseProjects(config, patterns);
  const { projects } = chosen;
  if (way === null || projects.length === 0) return chosen;
  const names = listed(projects.map(({ name }) => `"${visible(name)}"`));
  throw usage(`${way} is about one project; --project NAME says which of ${names}`);
}
