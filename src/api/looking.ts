import { LuacovError } from "../errors.js";
import { lookAtProject as look } from "../project/look.js";
import type { Problem, Project } from "../project/project.js";
import { checkReporters } from "../report/reporters.js";
import { checkTestReporters } from "../report/tests/reporters.js";
import type { Config } from "../types.js";

/** Says what a project is, what of it would not run here, and what its configuration should say. Throws CONFIG. */
export async function lookAtProject(config: Config): Promise<Project> {
  const project = await look(config);
  const problems = [
    ...problemsOf(() => checkReporters(config)),
    ...problemsOf(() => checkTestReporters(config)),
  ];
  return { ...project, problems: [...problems, ...project.problems] };
}

/** What a run would end with before any test. */
function problemsOf(check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof LuacovError) return [{ message: error.message, commands: [] }];
    throw error;
  }
}
