import { colorsOf } from "../../colors.js";
import { usage } from "../../errors.js";
import { visible } from "../../files/visible.js";
import {
  type Config,
  LuacovError,
  loadConfig,
  lookAtProject,
  type Problem,
  type Project,
  projectsIn,
  settingText,
} from "../../index.js";
import { counted, quoted, someOf } from "../../words.js";
import type { CommandLine } from "../arguments/flags.js";
import { ofProjects } from "../projects.js";
import { type FoundRow, foundRows, ownRows, rowsText, todoText } from "./found.js";

/** What was found, of one of several projects by its name; null for a project that has no tests, and for a broken configuration. */
interface Looked {
  readonly name: string | null;
  readonly project: Project | null;
  readonly items: readonly Problem[];
}

/** Says what a project is, or each of several, and what is to be mended: 1 is the exit code where something is. */
export async function doctor({ positionals, options, json, projects }: CommandLine): Promise<number> {
  const [, ...operands] = positionals;
  if (operands.length > 0) throw usage(`doctor takes no operand, but was given "${operands.join(" ")}"`);
  const all = await lookedAt(options, projects);
  if (json) console.log(JSON.stringify(dataOf(all), null, 2));
  else process.stdout.write(all.map(screen).join("\n"));
  return all.every(({ items }) => items.length === 0) ? 0 : 1;
}

async function lookedAt(
  options: CommandLine["options"],
  patterns: readonly string[],
): Promise<readonly Looked[]> {
  const config = await sound(async () => ofProjects(await loadConfig(options), patterns, null));
  if ("items" in config) return [{ name: null, project: null, ...config }];
  if (config.projects.length === 0) return [await look(null, config)];
  const parts = await projectsIn(config);
  // A run leaves out a project without tests, but not all of them.
  const items = parts.some(({ hasTests }) => hasTests) ? [] : [noTests];
  const all: Looked[] = [];
  for (const { name, config: own, hasTests } of parts)
    all.push(hasTests ? await look(name, own) : { name, project: null, items });
  return all;
}

const noTests: Problem = {
  message: "There is no test here, nor in any other project: put one into spec, or say in tests where it is.",
  commands: [],
};

async function look(name: string | null, config: Config): Promise<Looked> {
  const project = await sound(() => lookAtProject(config));
  if ("items" in project) return { name, project: null, ...project };
  return { name, project, items: todo(project, name) };
}

/** What is wrong with a configuration is to be mended as anything else. */
async function sound<Found>(find: () => Promise<Found>): Promise<Found | Pick<Looked, "items">> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof LuacovError) || error.code === "USAGE") throw error;
    return { items: [{ message: error.message, commands: [] }] };
  }
}

function dataOf(all: readonly Looked[]): unknown {
  const [first] = all;
  const found = ({ project, items }: Looked) => project ?? { problems: items };
  if (first?.name === null) return found(first);
  return { projects: all.map((each) => ({ name: each.name, ...found(each) })) };
}

function screen({ name, project, items }: Looked): string {
  const heading = name === null ? "" : `${colorsOf(process.stdout).bold(`Project ${visible(name)}`)}\n`;
  const list = `To do:\n${todoText(items)}`;
  if (project === null && items.length === 0) return `${heading}It has no tests, and is left out.\n`;
  if (project === null) return `${heading}${rowsText(ownRows())}\n${list}`;
  const rows = [...foundRows(project), ...measuredRows(project), ...blockedRows(project)];
  return `${heading}${rowsText(rows)}\n${items.length === 0 ? settledText(project, name) : list}`;
}

/** A command that is about one of several projects where it has a name. */
function commandOf(words: readonly string[], name: string | null): string {
  return ["luacov-ts", ...words, ...(name === null ? [] : ["--project", quoted(name)])].join(" ");
}

function settledText({ settings, configured }: Project, name: string | null): string {
  const keys = settings.map(({ key }) => key).join(", ");
  const command = `${commandOf(["init"], name)} ${configured === null ? "writes" : "shows"}`;
  const more = settings.length === 0 ? "" : `\nOf use, though not needed: ${keys}, which ${command}.\n`;
  return `Nothing to mend. Next:\n       ${commandOf([], name)}\n${more}`;
}

function measuredRows({ sources, compiled, leftOut }: Project): FoundRow[] {
  const some =
    sources.length === 0 ? "no source" : `${counted(sources.length, "source")}: ${someOf(sources)}`;
  const others = leftOut.map(({ reason, files }) => `${counted(files.length, "file")} (${reason})`);
  return [
    ["Measured", some],
    ...compiled.map(compiledRow),
    ...(others.length === 0 ? [] : [["Left out", others.join(", ")] as const]),
  ];
}

function compiledRow({ language, hasSameLines, files }: Project["compiled"][number]): FoundRow {
  const reason = hasSameLines ? "whose lines are the same" : "as there is no source map";
  return ["", `as Lua: ${someOf(files)}, compiled from ${language}, ${reason}`];
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
function todo(project: Project, name: string | null): Problem[] {
  const { settings, problems, configured } = project;
  const needed = settings.filter(({ isNeeded }) => isNeeded);
  if (needed.length === 0) return problems.length === 0 ? unmended(project) : [...problems];
  const reasons = needed.map(({ reason }) => `- ${reason}`);
  const head = configured === null ? "Write a configuration:" : `Add to ${configured}:`;
  const lines = needed.map((each) => settingText(each));
  const commands = configured === null ? [commandOf(["init"], name)] : lines;
  return [{ message: [head, ...reasons].join("\n"), commands }, ...problems];
}

/** What would not run is never well, also where nobody has advice. */
function unmended({ blocked }: Project): Problem[] {
  return blocked
    .filter(({ isCertain }) => isCertain)
    .map(({ tests, reason }) => ({ message: `${someOf(tests)} would not run: ${reason}.`, commands: [] }));
}
