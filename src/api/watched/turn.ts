import { noTestsInProjects } from "../../errors/projects.js";
import type { Prepared } from "../../harness/plan/busted.js";
import { newSeed, planFor } from "../../harness/plan/plan.js";
import { planNotices } from "../../harness/plan/planNotices.js";
import { allOf, type Selection, select } from "../../harness/plan/selection.js";
import { readTestRecord } from "../../harness/record/testRecord.js";
import type { Config, Notice, RunResult } from "../../types.js";
import { type Part, type PartRun, runParts } from "../projects.js";
import { runSelection } from "../run.js";
import type { RunRequest } from "../running/request.js";
import { type ChangedRequest, configFor } from "../running/selected.js";
import type { WatchedPart } from "./part.js";
import { preparedAgain, preparedFirst } from "./prepared.js";

/** What a part has to do for some changes; the tests of `prepared` are those that they touch. */
export interface PartTurn extends Part {
  readonly part: WatchedPart;
  /** All of its test files. */
  readonly all: readonly string[];
  readonly selection: Selection;
  readonly changed: ReadonlySet<string>;
  /** Files that change in each run. */
  readonly restless: readonly string[];
  readonly notices: readonly Notice[];
}

type TurnRequest = Pick<RunRequest, "patterns" | "rerunFailed">;

/** What each part has to do; those without any test file are left out. Throws as `run` does of parts that have not run. */
export async function planTurns(
  parts: readonly WatchedPart[],
  request: TurnRequest,
  changed: ReadonlySet<string>,
): Promise<readonly PartTurn[]> {
  const seed = newSeed();
  const { patterns } = request;
  const isFirst = parts.every(({ isFresh }) => isFresh);
  const turns: PartTurn[] = [];
  for (const part of parts) {
    const find = part.isFresh ? preparedFirst : preparedAgain;
    const prepared = await find(part, patterns, seed);
    if (prepared !== null)
      turns.push(planTurn(part, prepared, request, changed, knownElsewhere(part, parts)));
    // Should it ever have any, they are new.
    else part.isFresh = false;
  }
  if (turns.length > 0 || !isFirst) return turns;
  throw noTestsInProjects(
    patterns ?? [],
    parts.map(({ name }) => name ?? ""),
  );
}

/** Whether other parts know a file: it is not what the tests of this one may have missed. */
function knownElsewhere(part: WatchedPart, parts: readonly WatchedPart[]): (file: string) => boolean {
  return (file) => parts.some((each) => each !== part && each.runs.knows(file));
}

function planTurn(
  part: WatchedPart,
  prepared: Prepared,
  { rerunFailed = false }: TurnRequest,
  changed: ReadonlySet<string>,
  isKnown: (file: string) => boolean,
): PartTurn {
  const { tests: all, lines } = prepared;
  const turn = { name: part.name ?? "", part, all, changed };
  if (!part.isFresh) {
    const { tests, restless } = part.runs.affected(all, changed, isKnown);
    // What loads a file that has changed need not run what has changed in it: that is found out among all.
    const selection = { ...allOf(part.isByTest ? all : tests), lines };
    return { ...turn, prepared: { ...prepared, tests }, selection, restless, notices: [] };
  }
  const { config } = prepared;
  const { record, notices: doubts } = readTestRecord(config.testRecord);
  const selection = { ...select(all, config, record, rerunFailed), lines };
  const { tests } = selection;
  const notices = [...planNotices(config, tests), ...prepared.notices, ...doubts];
  return { ...turn, prepared: { ...prepared, tests }, selection, restless: [], notices };
}

/** Whether there is anything to run. */
export function hasWork({ part, prepared }: PartTurn): boolean {
  return part.isFresh || prepared.tests.length > 0;
}

/** Does what parts have to do; of those that have nothing to do, it is what is known of them. */
export async function runTurns(
  config: Config,
  turns: readonly PartTurn[],
  request: RunRequest,
): Promise<RunResult> {
  const [only] = turns;
  if (only?.part.name === null) return (await runTurn(only, request, false)).result;
  return runParts(config, turns, request, runTurn);
}

async function runTurn(turn: PartTurn, request: RunRequest, isLeftOut: boolean): Promise<PartRun> {
  const { part, prepared, all, selection, changed } = turn;
  const { runs, isByTest } = part;
  const own = { ...request, ...chosenBy(turn, request, isLeftOut) };
  const config = configFor(prepared.config, own);
  // What is known of test files by a record is told of those that are left out, too.
  runs.begin(all, isLeftOut && isByTest ? [] : prepared.tests, changed);
  part.isFresh = false;
  const asked = isLeftOut && !isByTest ? allOf([]) : selection;
  const known = isByTest ? undefined : runs.outcomes;
  const { result, outcomes } = await runSelection(config, planFor(config, all), asked, own, known);
  runs.end(outcomes);
  if (isLeftOut) runs.leaveOut(prepared.tests);
  return { result: { ...result, notices: [...turn.notices, ...result.notices] }, outcomes };
}

/** How it is found out what of a selection runs. */
function chosenBy(
  { part: { isByTest, isFresh }, prepared: { tests } }: PartTurn,
  { changed = false }: RunRequest,
  isLeftOut: boolean,
): ChangedRequest {
  if (!isByTest) return { changed: false };
  if (isLeftOut) return { changed: true, among: [] };
  return isFresh ? { changed: changed === false ? true : changed } : { changed: true, among: tests };
}
