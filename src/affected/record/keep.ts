import path from "node:path";
import { digestOfSource } from "../../files/digest.js";
import { currentFolder, isFolder, readContent, statsOf } from "../../files/files.js";
import type { ByTest, CoverRow, LineHits, Look, Outcome, Use } from "../../types.js";
import type { ProgramSigns } from "../text/textSigns.js";
import { askedBy, isFleeting } from "./attributes.js";
import { createFingerprints, digestOfBytes, type Fingerprints, wasChangedSince } from "./fingerprint.js";
import type { RecordedFile, RecordedInput, RecordedLines, RecordedRun, RecordedSource } from "./record.js";
import { createSigns } from "./signs.js";
import { variablesNow } from "./variables.js";

/** What a run has found out of test files. */
export interface RunOfFiles {
  readonly outcomes: readonly Outcome[];
  readonly byTest: ByTest | null;
  /** When it began, in milliseconds since 1970: what was changed since may not be what it has read. */
  readonly began: number;
  /** The test files, absolute, of which only some tests were to run. */
  readonly partial: ReadonlySet<string>;
  readonly root: string;
  /** The Luas that are LuaJIT, by their names. */
  readonly jits: ReadonlySet<string | null>;
}

/** What is to be recorded of the test files of a run, with the sources that they cover. */
export function recordedFiles(run: RunOfFiles): {
  readonly files: readonly RecordedFile[];
  readonly sources: readonly RecordedSource[];
} {
  const { sources, numbers } = readSources(run.byTest);
  const told = {
    run,
    numbers,
    prints: createFingerprints(),
    signs: createSigns(sources),
    coarse: coarseSources(run.byTest),
  };
  const names = new Set(run.outcomes.map(({ file }) => file));
  const outcomesOf = (name: string) => run.outcomes.filter(({ file }) => file === name);
  return { files: [...names].map((name) => recordedFile(name, outcomesOf(name), told)), sources };
}

interface Told {
  readonly run: RunOfFiles;
  /** By the number of a source in what tests cover, that in the record. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly prints: Fingerprints;
  readonly signs: ReturnType<typeof createSigns>;
  readonly coarse: ReadonlySet<string>;
}

function recordedFile(name: string, outcomes: readonly Outcome[], told: Told): RecordedFile {
  const file = path.resolve(currentFolder(), name);
  const inputs = inputsOf(file, outcomes, told.prints, told.run.began);
  const rows = rowsOf(name, told);
  const signs = told.signs(inputs, rows);
  return {
    file,
    doubts: [...new Set(doubtsOf(file, outcomes, inputs, signs, told))],
    inputs,
    signs,
    variables: variablesNow(signs.variables),
    runs: outcomes.map(recordedRun),
    rows,
  };
}

/** What a test file depends on, by what its runs have told, in the order of the paths; `began` is when they did. */
export function inputsOf(
  file: string,
  outcomes: readonly Outcome[],
  prints: Fingerprints,
  began: number,
): RecordedInput[] {
  const all = (list: (outcome: Outcome) => readonly string[]) => outcomes.flatMap(list);
  const loaded = new Set([file, ...all((outcome) => outcome.loaded)]);
  const opened = new Set(all(({ notFiles, unloaded }) => [...notFiles, ...unloaded]));
  const inputs = [
    ...[...loaded].map((each) => ({ path: each, print: prints.of(each), use: "loaded" as const })),
    ...[...opened].map((each) => ({ path: each, print: prints.of(each), use: "opened" as const })),
    ...outcomes.flatMap(({ accesses }) => accesses?.looks ?? []).map((look) => inputOf(look, prints, began)),
  ];
  return withoutRepeats(inputs).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function inputOf(look: Look, prints: Fingerprints, began: number): RecordedInput {
  const { path: file, before } = look;
  const use = useOf(look, began);
  return { path: file, print: before === undefined ? prints.of(file, use) : before, use };
}

/** What a run writes into a folder changes some of its attributes: who asks for all seldom means these. */
function useOf({ path: file, use }: Look, began: number): Use {
  const asked = askedBy(use);
  if (asked?.name !== "all" || !isFolder(file) || !wasChangedSince(file, began)) return use;
  return asked.isOfLink ? "link:lasting" : "asked:lasting";
}

/** What was both loaded and read as it is depends on all of it. */
function withoutRepeats(inputs: readonly RecordedInput[]): RecordedInput[] {
  const opened = new Set(inputs.filter(({ use }) => use === "opened").map((input) => input.path));
  const kept = inputs.filter(({ use, path: each }) => use !== "loaded" || !opened.has(each));
  return [...new Map(kept.map((input) => [keyOf(input), input])).values()];
}

function keyOf({ path: file, use, print }: RecordedInput): string {
  return `${file}\0${use}\0${print}`;
}

/** Why a test file would have to run whatever has changed, in words behind "it". */
function doubtsOf(
  file: string,
  outcomes: readonly Outcome[],
  inputs: readonly RecordedInput[],
  { callsC }: ProgramSigns,
  { run, coarse }: Told,
): string[] {
  const nameOf = (each: string) => shownPath(each, run.root);
  const unsettled = inputs.filter((input) => isUnsettled(input, run.began));
  const removed = outcomes
    .flatMap(({ accesses }) => accesses?.removed ?? [])
    .filter((each) => statsOf(each) === null);
  const rough = inputs.filter(({ path: each, use }) => use === "loaded" && coarse.has(each));
  return [
    ...outcomes.flatMap(doubtsOfOutcome),
    ...(run.partial.has(file) ? ["was run in part"] : []),
    ...(callsC && outcomes.some(({ lua }) => run.jits.has(lua)) ? ["may call C by ffi"] : []),
    ...unsettled.map((input) => `reads ${nameOf(input.path)}, which is written while tests run`),
    ...inputs.flatMap((input) => doubtsOfInput(input, nameOf(input.path))),
    ...removed.map((each) => `looks at ${nameOf(each)} and removes it`),
    ...rough.map((input) => `runs functions of ${nameOf(input.path)} that are not told test by test`),
  ];
}

function doubtsOfOutcome({ exit, results, interrupted, accesses }: Outcome): string[] {
  const hasEnded = (exit.kind === "returned" || exit.kind === "exited") && !interrupted;
  return [
    ...(hasEnded ? [] : ["did not come to its end in its last run"]),
    ...(results.some(({ status }) => status === "failure" || status === "error")
      ? ["failed in its last run"]
      : []),
    ...(results.some(({ attempts }) => attempts > 1) ? ["passed only when it was tried again"] : []),
    ...(accesses === undefined ? ["does not tell what it reads"] : accesses.doubts),
  ];
}

/** Below what was moved, or behind a link to a folder, may be anything that the test file has read by another name. */
function doubtsOfInput({ path: file, use }: RecordedInput, name: string): string[] {
  if (use === "moved") return [`moves ${name}, which it has not written itself`];
  return use === "linked" && isFolder(file) ? [`makes a link to ${name}`] : [];
}

/** What it was when the test file looked at it nobody can tell any more. */
function isUnsettled({ path: file, use }: RecordedInput, began: number): boolean {
  const stats = statsOf(file);
  if (stats === null || isOfDeed(use)) return false;
  const asked = askedBy(use);
  if (asked !== null && stats.isDirectory() && !isFleeting(asked.name)) return false;
  return (stats.isFile() || stats.isDirectory()) && wasChangedSince(file, began);
}

/** What a deed has found was told, or it was refused for what no test changes by the way. */
function isOfDeed(use: RecordedInput["use"]): boolean {
  return ["written", "made", "removed", "emptied", "led"].includes(use);
}

function recordedRun({
  round,
  lua,
  duration,
  results,
  loaded,
  notFiles,
  unloaded,
  limits,
  hits,
}: Outcome): RecordedRun {
  const lines = [...hits.lines].flatMap(([key, all]) => all.map((each) => recordedLines(key, each)));
  return { round, lua, duration, results, loaded, notFiles, unloaded, limits, lines };
}

function recordedLines(key: string, { lua, lines, calls, active }: LineHits): RecordedLines {
  return { key, lua, lines: [...lines], calls: [...calls], active: [...active] };
}

/** The rows of one test file, whose blocks are numbered among these. */
function rowsOf(name: string, { run: { byTest }, numbers }: Told): CoverRow[] {
  const own = [...(byTest?.rows ?? []).entries()].filter(([, { file }]) => file === name);
  const places = new Map(own.map(([index], place) => [index, place]));
  return own.map(([, row]) => ({
    ...row,
    blocks: row.blocks.flatMap((block) => places.get(block) ?? []),
    covers: new Map(
      [...row.covers].flatMap(([source, runs]) => {
        const number = numbers.get(source);
        return number === undefined ? [] : [[number, runs] as const];
      }),
    ),
  }));
}

/** Sources of which something ran that belongs to no test file. */
function coarseSources(byTest: ByTest | null): ReadonlySet<string> {
  const rest = (byTest?.rows ?? []).filter(({ file }) => file === null);
  const numbers = rest.flatMap(({ covers }) => [...covers.keys()]);
  return new Set(numbers.flatMap((number) => byTest?.sources[number]?.path ?? []));
}

/** A source that has changed since it was covered has no text here, so that all of it counts as one. */
function readSources(byTest: ByTest | null) {
  const sources: RecordedSource[] = [];
  const numbers = new Map<number, number>();
  for (const [number, { path: file, digest, sites }] of (byTest?.sources ?? []).entries()) {
    const text = contentOf(file);
    if (text === null || digestOfSource(text) !== digest) continue;
    numbers.set(number, sources.push({ path: file, text, print: digestOfBytes(text), digest, sites }) - 1);
  }
  return { sources, numbers };
}

function contentOf(file: string): Buffer | null {
  try {
    return readContent(file);
  } catch {
    return null;
  }
}

/** A path as messages have it: below the root relative to that. */
export function shownPath(file: string, root: string): string {
  const relative = path.relative(root, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative.split(path.sep).join("/");
}
