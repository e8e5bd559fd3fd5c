import { usage } from "../../errors.js";
import {
  LuacovError,
  loadConfig,
  lookAtProject,
  type Problem,
  type Project,
  settingText,
} from "../../index.js";
import { counted, someOf } from "../../words.js";
import type { CommandLine } from "../arguments/flags.js";
import { ofProjects } from "../projects.js";
import { type FoundRow, foundRows, ownRows, rowsText, todoText } from "./found.js";

/** Says what a project is, and what is to be mended: 1 is the exit code where something is. */
export async function doctor({ positionals, options, json, projects }: CommandLine): Promise<number> {
  const [, ...operands] = positionals;
  if (operands.length > 0) throw usage(`doctor takes no operand, but was given "${operands.join(" ")}"`);
  const project = await looked(options, projects);
  if (project === null) return 1;
  const items = todo(project);
  if (json) console.log(JSON.stringify(project, null, 2));
  else process.stdout.write(screen(project, items));
  return items.length === 0 ? 0 : 1;
}

/** What is wrong with a configuration is to be mended as anything else; null where that is so. */
async function looked(options: CommandLine["options"], projects: readonly string[]): Promise<Project | null> {
  try {
    return await lookAtProject(await ofProjects(await loadConfig(options), projects, "doctor"));
  } catch (error) {
    if (!(error instanceof LuacovError) || error.code === "USAGE") throw error;
    process.stdout.write(
      `${rowsText(ownRows())}\nTo do:\n${todoText([{ message: error.message, commands: [] }])}`,
    );
    return null;
  }
}

function screen(project: Project, items: readonly Problem[]): string {
  const end = items.length === 0 ? settledText(project) : `To do:\n${todoText(items)}`;
  return `${rowsText([...foundRows(project), ...measuredRows(project), ...blockedRows(project)])}\n${end}`;
}

function settledText({ settings, configured }: Project): string {
  const keys = settings.map(({ key }) => key).join(", ");
  const command = configured === null ? "luacov-ts init writes" : "luacov-ts init shows";
  const more = settings.length === 0 ? "" : `\nOf use, though not needed: ${keys}, which ${command}.\n`;
  return `Nothing to mend. Next:\n       luacov-ts\n${more}`;
}

function measuredRows({ sources, leftOut }: Project): FoundRow[] {
  const some =
    sources.length === 0 ? "no source" : `${counted(sources.length, "source")}: ${someOf(sources)}`;
  const others = leftOut.map(({ reason, files }) => `${counted(files.length, "file")} (${reason})`);
  return [["Measured", some], ...(others.length === 0 ? [] : [["Left out", others.join(", ")] as const])];
}

function blockedRows({ blocked }: Project): FoundRow[] {
  return [true, false].flatMap((certainty) => {
    const those = blocked.filter(({ isCertain }) => isCertain === certainty);
    const label = certainty ? "Would not run" : "May not run";
    return those.map(
      ({ tests, reason }, index): FoundRow => [index === 0 ? label : "", `${someOf(tests, 2)}: ${reason}`],
    );
  });
}

/** What settings mend comes first: one command writes them all. */
function todo(project: Project): Problem[] {
  const { settings, problems, configured } = project;
  const needed = settings.filter(({ isNeeded }) => isNeeded);
  if (needed.length === 0) return problems.length === 0 ? unmended(project) : [...problems];
  const reasons = needed.map(({ reason }) => `- ${reason}`);
  const head = configured === null ? "Write a configuration:" : `Add to ${configured}:`;
  const lines = needed.map((each) => settingText(each));
  const commands = configured === null ? ["luacov-ts init"] : lines;
  return [{ message: [head, ...reasons].join("\n"), commands }, ...problems];
}

/** What would not run is never well, also where nobody has advice. */
function unmended({ blocked }: Project): Problem[] {
  return blocked
    .filter(({ isCertain }) => isCertain)
    .map(({ tests, reason }) => ({ message: `${someOf(tests)} would not run: ${reason}.`, commands: [] }));
}
