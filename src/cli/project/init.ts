import path from "node:path";
import { usage } from "../../errors.js";
import { isFile } from "../../files/files.js";
import { visible } from "../../files/visible.js";
import {
  type Config,
  configurationText,
  loadConfig,
  lookAtProject,
  type Project,
  settingText,
  writeConfiguration,
} from "../../index.js";
import { listed } from "../../words.js";
import type { CommandLine } from "../arguments/flags.js";
import { ofProjects } from "../projects.js";
import { foundRows, rowsText, todoText } from "./found.js";

const schema = "./node_modules/luacov-ts/dist/schema.json";

/** Writes a configuration that works, or shows it: 1 is the exit code where something is left to do. */
export async function init({ positionals, options, dryRun, projects }: CommandLine): Promise<number> {
  const [, ...operands] = positionals;
  if (operands.length > 0) throw usage(`init takes no operand, but was given "${operands.join(" ")}"`);
  const config = await ofProjects(await loadConfig(options), projects, null);
  if (config.projects.length > 0) {
    console.log(severalText(config));
    return 0;
  }
  const project = await lookAtProject(config);
  process.stdout.write(`${rowsText(foundRows(project))}\n`);
  const isDone = await settle(project, dryRun);
  if (project.problems.length > 0) process.stdout.write(`\nTo do besides:\n${todoText(project.problems)}`);
  if (project.problems.length > 0 || !isDone) return 1;
  process.stdout.write("\nNext:\n       luacov-ts\n");
  return 0;
}

/** Who has projects has a configuration, in which nobody but him knows what is to be whose. */
function severalText({ projects }: Config): string {
  const names = listed(projects.map(({ name }) => `"${visible(name)}"`));
  return `The configuration has the projects ${names}, and stays as it is: luacov-ts doctor says what each of them lacks, and luacov-ts init --project NAME shows it for one.`;
}

/** Whether the configuration says, or will say, what the project needs. */
async function settle({ root, settings, configured }: Project, dryRun: boolean): Promise<boolean> {
  if (settings.length === 0) {
    console.log(
      configured === null
        ? "The project needs no configuration: nothing is written."
        : `${configured} needs no change.`,
    );
    return true;
  }
  if (configured !== null) {
    console.log(`${configured} is there, and stays as it is. What it should say:\n`);
    for (const each of settings)
      process.stdout.write(`  // ${visible(each.reason)}\n  ${settingText(each)}\n`);
    return !settings.some(({ isNeeded }) => isNeeded);
  }
  const file = configurationText(settings, isFile(path.join(root, schema)) ? schema : null);
  if (!dryRun) await writeConfiguration(root, file);
  console.log(`${dryRun ? "Would write" : "Wrote"} ${file.name}:\n`);
  process.stdout.write(file.text);
  return true;
}
