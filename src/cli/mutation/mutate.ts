import { colorsOf } from "../../colors.js";
import { printable, visible, visibleName } from "../../files/visible.js";
import {
  type Config,
  type ListedMutant,
  listMutants,
  type MutationResult,
  mutate,
  mutationReport,
  mutationScoreOf,
  type Notice,
  writeMutation,
} from "../../index.js";
import { counted } from "../../words.js";
import type { CommandLine } from "../arguments/flags.js";
import { errorText, noticeText } from "../print.js";
import type { Interrupt } from "../signals.js";
import { createMutationProgress } from "./progress.js";

type Asked = Pick<CommandLine, "list" | "json" | "force" | "quiet">;

/** Runs mutants of sources, or lists them. The exit code is 1 for a score that is too low. */
export async function mutateSources(
  config: Config,
  sources: readonly string[],
  { list, json, force, quiet }: Asked,
  { signal, hear, exitCode }: Interrupt,
): Promise<number> {
  if (list) return listSources(config, sources, json);
  if (config.lua.length > 0 && config.given.includes("sandbox") && !config.sandbox) warnOfFreedom(config);
  const progress = createMutationProgress(quiet || json);
  try {
    const request = { sources, force, signal, onPrograms: hear, onProgress: progress.show };
    const result = await mutate(config, request);
    progress.hide();
    tell(result.notices);
    return await conclude(config, result, json, quiet, exitCode);
  } finally {
    progress.hide();
  }
}

async function conclude(
  config: Config,
  result: MutationResult,
  json: boolean,
  quiet: boolean,
  exitCode: () => number,
): Promise<number> {
  const reporters = config.mutationReporter.filter((name) => name !== "text" || !(json || quiet));
  if (result.sources.length > 0 || !result.interrupted)
    await writeMutation({ ...config, mutationReporter: reporters }, result);
  if (json) console.log(JSON.stringify(await mutationReport(config, result), null, 2));
  if (result.interrupted) {
    console.error(
      errorText(
        `Interrupted, with ${counted(result.left, "mutant")} not run; the next run goes on from there`,
      ),
    );
    return exitCode();
  }
  return checkScore(config, result);
}

function checkScore({ mutationScore }: Config, { sources }: MutationResult): number {
  const { score } = mutationScoreOf(sources.flatMap(({ mutants }) => mutants));
  if (score === null || score >= mutationScore) return 0;
  console.error(
    errorText(`The mutation score (${score.toFixed(2)}%) does not meet its threshold (${mutationScore}%)`),
  );
  return 1;
}

async function listSources(config: Config, sources: readonly string[], json: boolean): Promise<number> {
  const { mutants, notices } = await listMutants(config, { sources });
  tell(notices);
  if (json) console.log(JSON.stringify(mutants.map(jsonOf), null, 2));
  else for (const each of mutants) console.log(lineOf(each));
  return 0;
}

function lineOf({ source, mutant, ignored }: ListedMutant): string {
  const { dim } = colorsOf(process.stdout);
  const { line, column } = mutant.place.start;
  const place = `${visibleName(source)}:${line}:${column + 1}:`;
  const why = ignored === null ? "" : ` ${dim(`(ignored: ${visible(ignored)})`)}`;
  return printable(`${dim(place)} ${mutant.mutator}: ${visible(mutant.description)}${why}`);
}

/** Lines and columns count from 1. */
function jsonOf({ source, mutant, ignored }: ListedMutant) {
  const { mutator, description, place, replacement, id } = mutant;
  const fromOne = ({ line, column }: typeof place.start) => ({ line, column: column + 1 });
  const text = Buffer.from(replacement, "latin1").toString("utf8");
  return {
    id: `${source}:${id}`,
    source,
    start: fromOne(place.start),
    end: fromOne(place.end),
    mutator,
    replacement: text,
    description,
    ignored,
  };
}

function warnOfFreedom({ cwd }: Config): void {
  const message =
    "Without a sandbox nothing keeps a mutant from writing or removing files outside of its copy of the project";
  console.error(noticeText({ level: "warning", file: cwd, message }));
}

function tell(notices: readonly Notice[]): void {
  for (const notice of notices) console.error(noticeText(notice));
}
