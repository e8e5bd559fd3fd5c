import { digestOf } from "../../coverage/probes/digest.js";
import type { ByTest, Mutant, MutantResult, MutatedSource } from "../../types.js";
import type { FateOf } from "../fates.js";
import { mutated } from "../find/mutants.js";
import type { Fate, MutantOrder } from "../run/messages.js";
import { indexRows } from "./coverIndex.js";
import type { ReadSource } from "./readSources.js";
import type { Covering, MutationSuite } from "./testsOf.js";

/** A mutant with the tests that are to run on it. */
export interface PlannedMutant {
  readonly mutant: Mutant;
  readonly covering: Covering;
  /** Why it is not run; null where it is. */
  readonly ignored: string | null;
}

export interface PlannedSource {
  readonly read: ReadSource;
  readonly digest: string;
  readonly mutants: readonly PlannedMutant[];
}

/** `path` is where the source was when tests ran it. */
export function plannedSource(
  read: ReadSource,
  byTest: ByTest,
  path: string,
  suite: MutationSuite,
): PlannedSource {
  const rowsAt = indexRows(byTest, path, read.positions);
  const mutants = read.mutants.map((mutant) => ({
    mutant,
    covering: suite.coveredBy(rowsAt(mutant.within)),
    ignored: read.reasonFor(mutant),
  }));
  return { read, digest: digestOf(read.source), mutants };
}

/** Whether anything is to be run on a mutant. */
export function isTried({ ignored, covering }: PlannedMutant): boolean {
  return ignored === null && covering.runs.length > 0;
}

export function orderFor({ read }: PlannedSource, { mutant, covering }: PlannedMutant): MutantOrder {
  return { kind: "mutant", source: read.name, text: mutated(read.source, mutant), runs: covering.runs };
}

/** What its fate comes of. */
export function fateOfPlanned({ digest }: PlannedSource, { mutant, covering }: PlannedMutant): FateOf {
  const { start, end, replacement } = mutant;
  return { source: digest, start, end, replacement, runs: covering.runs };
}

/** What all mutants of a source have come to; those without a fate are left out. */
export function resultOf(
  { read, mutants }: PlannedSource,
  fates: ReadonlyMap<PlannedMutant, Fate>,
  suite: MutationSuite,
): MutatedSource {
  const { name, file, source } = read;
  const results = mutants.flatMap((each) => mutantResult(each, fates.get(each), suite) ?? []);
  return { name, path: file, source, mutants: results };
}

function mutantResult(
  planned: PlannedMutant,
  fate: Fate | undefined,
  suite: MutationSuite,
): MutantResult | null {
  const { mutant, covering, ignored } = planned;
  const own = { ...mutant, coveredBy: covering.tests, killedBy: [], reason: "" };
  if (ignored !== null) return { ...own, status: "Ignored", reason: ignored };
  if (covering.runs.length === 0) return { ...own, status: "NoCoverage" };
  switch (fate?.kind) {
    case undefined:
      return null;
    case "survived":
      return { ...own, status: "Survived" };
    case "crashed":
      return { ...own, status: "RuntimeError", reason: fate.reason };
    case "killed":
    case "timed out": {
      const status = fate.kind === "killed" ? "Killed" : "Timeout";
      return { ...own, status, reason: fate.reason, killedBy: suite.idsOf(fate.file, fate.names) };
    }
  }
}
