import { isFile, readContent } from "../files/files.js";
import type { SourceSites } from "../types.js";
import { counted } from "../words.js";
import { reachOf, sourcesOf } from "./covered.js";
import { seesMoved } from "./movedLines.js";
import { changedConditions } from "./record/conditions.js";
import { createFingerprints, digestOfBytes, type Fingerprints } from "./record/fingerprint.js";
import { shownPath } from "./record/keep.js";
import type {
  ChangeRecord,
  Conditions,
  RecordedFile,
  RecordedInput,
  RecordedSource,
} from "./record/record.js";
import { anyVariable, changedVariables } from "./record/variables.js";
import type { SinceRef } from "./sinceRef.js";
import { lookAgain, type SourceNow } from "./sourceNow.js";
import { compareTexts } from "./text/compare.js";
import type { FunctionPart } from "./text/functionTree.js";

/** A test file that is to run, and why, in sentences without their beginning: `it is new`. */
export interface AffectedFile {
  readonly file: string;
  readonly reasons: readonly string[];
}

/** Which test files a change touches, and what is known of the others. */
export interface Affected {
  readonly files: readonly AffectedFile[];
  readonly unchanged: readonly RecordedFile[];
  /** Sources that have changed, by their numbers in the record. */
  readonly sources: ReadonlyMap<number, SourceNow>;
}

export interface Question {
  readonly record: ChangeRecord;
  readonly conditions: Conditions;
  /** Test files, absolute. */
  readonly tests: readonly string[];
  /** Which of them may run at all; null for any. */
  readonly among: ReadonlySet<string> | null;
  readonly root: string;
  /** Null where nobody has named a commit. */
  readonly since: SinceRef | null;
  /** The places that sources have by now, by path; null for what cannot be analysed. */
  sitesNow(files: readonly string[]): Promise<ReadonlyMap<string, SourceSites>>;
}

/** Where a test file may depend on what has changed, it is touched. */
export async function findAffected(question: Question): Promise<Affected> {
  const { record, tests, conditions } = question;
  const others = changedConditions(record.conditions, conditions);
  if (others.length > 0) {
    const reasons = [
      `${others.join(" and ")} ${others.length === 1 ? "is" : "are"} not what it was in its last run`,
    ];
    return { files: tests.map((file) => ({ file, reasons })), unchanged: [], sources: new Map() };
  }
  const prints = createFingerprints();
  const sources = await changedSources(question, prints);
  const known = new Map(record.files.map((each) => [each.file, each]));
  const looking = { ...question, prints, sources };
  const judged = tests.map((file) => ({
    file,
    known: known.get(file),
    reasons: reasonsFor(known.get(file), looking),
  }));
  const runs = ({ file, reasons }: AffectedFile) => reasons.length > 0 && (question.among?.has(file) ?? true);
  return {
    files: judged.filter(runs).map(({ file, reasons }) => ({ file, reasons })),
    unchanged: judged.flatMap((each) => (runs(each) ? [] : (each.known ?? []))),
    sources,
  };
}

async function changedSources(
  { record, sitesNow }: Question,
  prints: Fingerprints,
): Promise<ReadonlyMap<number, SourceNow>> {
  const changed = [...record.sources.entries()].filter(([, { path, print }]) => {
    const now = prints.of(path);
    return now !== null && now !== print;
  });
  const sites = await sitesNow([...new Set(changed.map(([, { path }]) => path))]);
  return new Map(
    changed.map(([number, source]) => [number, lookAgain(source, sites.get(source.path) ?? null)]),
  );
}

interface Looking extends Question {
  readonly prints: Fingerprints;
  readonly sources: ReadonlyMap<number, SourceNow>;
}

function reasonsFor(known: RecordedFile | undefined, looking: Looking): string[] {
  if (known === undefined) return ["it is new, or has not run with --changed yet"];
  const covered = [...sourcesOf(known)];
  const reasons = known.inputs.flatMap((input) => inputReasons(known, input, covered, looking));
  const variables = changedVariables(known.variables).map((name) =>
    name === anyVariable
      ? "the environment, which it may ask for anything, is another"
      : `${name}, for which it may ask the environment, is another`,
  );
  return [...new Set([...known.doubts.map((doubt) => `it ${doubt}`), ...reasons, ...variables])];
}

function inputReasons(
  known: RecordedFile,
  input: RecordedInput,
  covered: readonly number[],
  looking: Looking,
): string[] {
  const { prints, record, root } = looking;
  const now = prints.of(input.path, input.use);
  const name = shownPath(input.path, root);
  const isSource = (number: number) => {
    const source = record.sources[number];
    return input.use === "loaded" && source?.path === input.path && source.print === input.print;
  };
  const own = covered.filter(isSource);
  if (now === input.print) return sinceReasons(known, input, own, looking);
  if (input.path === known.file) return ["it has changed"];
  if (now === null || own.length === 0) return [`${name}, which it ${verbOf(input)}, ${fateOf(input, now)}`];
  return own.flatMap((number) => sourceReasons(known, name, number, looking));
}

const verbs: Readonly<Record<string, string>> = {
  loaded: "loads",
  opened: "reads",
  moved: "moves",
  linked: "links to",
  led: "reaches by a link",
  written: "writes",
  made: "makes",
  removed: "removes",
  emptied: "removes",
};

function verbOf({ use, print }: RecordedInput): string {
  return print === null ? "looked for in vain" : (verbs[use] ?? "asks about");
}

function fateOf({ print, use }: RecordedInput, now: string | null): string {
  if (print === null || (use === "made" && now === "taken")) return "is there now";
  if (now === "no folder") return "has no folder to be in now";
  return now === null ? "is gone" : "has changed";
}

/** What a source does to a test file that has loaded it and covers functions of it. */
function sourceReasons(known: RecordedFile, name: string, number: number, { sources }: Looking): string[] {
  const now = sources.get(number);
  if (now === undefined || now.change === null) return [`${name}, which it loads, has changed as a whole`];
  const { changed, shifted } = now.change;
  const reasons = changed.flatMap(({ was, line }) =>
    functionReasons(known, `${name}:${line}`, number, now.callsOf(was)),
  );
  if (reasons.length > 0) return reasons;
  if (seesMoved(known, number, now, shifted))
    return [`lines of ${name} have moved, and it may see at which lines something is`];
  if (changed.length > 0 && known.signs.looksInside)
    return [`${name} has changed, and it may look at what it does not run`];
  return now.moved === null
    ? [`${name}, which it loads, has changed, and what it covers has no place there now`]
    : [];
}

function functionReasons(known: RecordedFile, place: string, source: number, calls: number | null): string[] {
  if (calls === null) return [`it loads ${place}, which has changed`];
  const reach = reachOf(known, source, calls);
  if (reach === null) return [];
  if (reach.isOutside) return [`it calls the function of ${place}, which has changed`];
  const verb = reach.tests === 1 ? "calls" : "call";
  return [`${counted(reach.tests, "test")} of it ${verb} the function of ${place}, which has changed`];
}

/** What git says, of what has not changed since the last run. */
function sinceReasons(
  known: RecordedFile,
  { path, use }: RecordedInput,
  own: readonly number[],
  { since, record, root }: Looking,
): string[] {
  const then = since?.files.get(path);
  if (since === null || then === undefined || (!isOfContent(use) && then !== null && isFile(path))) return [];
  const name = shownPath(path, root);
  const whole = [`${name} is not what it was at ${since.ref}`];
  if (then === null || own.length === 0 || path === known.file) return whole;
  return own.flatMap((number) => {
    const source = record.sources[number];
    return source === undefined
      ? whole
      : (sinceSource(known, name, number, source, then, since.ref) ?? whole);
  });
}

/** For all else it counts whether there is a file. */
function isOfContent(use: RecordedInput["use"]): boolean {
  return (
    ["loaded", "opened", "moved", "linked"].includes(use) ||
    /:(size|blocks|modification|change|all)$/.test(use)
  );
}

function sinceSource(
  known: RecordedFile,
  name: string,
  number: number,
  source: RecordedSource,
  then: Uint8Array,
  ref: string,
): string[] | null {
  const text = readContent(source.path);
  if (digestOfBytes(then) === source.print) return [];
  const change = compareTexts(then, text);
  const now = lookAgain(source, null);
  if (change === null || now.change === null) return null;
  const partAt = new Map<number, FunctionPart>([...now.change.same.keys()].map((part) => [part.start, part]));
  const partsOf = (is: FunctionPart | undefined) => [partAt.get(is?.start ?? -1) ?? []].flat();
  const reasons = change.changed.flatMap(({ is, line }) =>
    partsOf(is).flatMap((part) => functionReasons(known, `${name}:${line}`, number, now.callsOf(part))),
  );
  if (reasons.length > 0) return reasons.map((reason) => `${reason} since ${ref}`);
  const moved = change.shifted.flatMap((part) => partsOf(change.same.get(part)));
  const isSeen = seesMoved(known, number, now, moved);
  const isLookedAt = change.changed.length > 0 && known.signs.looksInside;
  return isSeen || isLookedAt ? null : [];
}
