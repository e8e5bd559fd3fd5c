import type { Config, MutantResult, MutatedSource, MutationResult, MutationTest } from "../../types.js";

/** What Stryker's mutation-testing-report-schema describes, in version 2: the part of it that we write. */
export interface StrykerReport {
  readonly schemaVersion: "2";
  readonly thresholds: { readonly high: number; readonly low: number };
  readonly projectRoot: string;
  readonly files: Readonly<Record<string, StrykerFile>>;
  readonly testFiles: Readonly<Record<string, { readonly tests: readonly StrykerTest[] }>>;
  readonly framework: { readonly name: string; readonly version: string };
}

interface StrykerFile {
  readonly language: "lua";
  readonly source: string;
  readonly mutants: readonly StrykerMutant[];
}

/** Lines and columns count from 1. */
interface StrykerPosition {
  readonly line: number;
  readonly column: number;
}

interface StrykerMutant {
  readonly id: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly description: string;
  readonly location: { readonly start: StrykerPosition; readonly end: StrykerPosition };
  readonly status: MutantResult["status"];
  readonly statusReason?: string;
  readonly coveredBy: readonly string[];
  readonly killedBy: readonly string[];
}

interface StrykerTest {
  readonly id: string;
  readonly name: string;
  readonly location?: { readonly start: StrykerPosition };
}

/** A result as Stryker's dashboard and viewers read it. */
export function strykerReport(
  { sources, tests }: MutationResult,
  { cwd, watermarks }: Pick<Config, "cwd" | "watermarks">,
  version: string,
): StrykerReport {
  const [low, high] = watermarks.statements;
  const files = [...new Set(tests.map(({ file }) => file))];
  return {
    schemaVersion: "2",
    thresholds: { high: Math.round(high), low: Math.round(low) },
    projectRoot: cwd,
    files: Object.fromEntries(sources.map((source) => [source.name, fileOf(source)])),
    testFiles: Object.fromEntries(
      files.map((file) => [file, { tests: tests.filter((each) => each.file === file).map(testOf) }]),
    ),
    framework: { name: "luacov-ts", version },
  };
}

function fileOf({ name, source, mutants }: MutatedSource): StrykerFile {
  return {
    language: "lua",
    source: Buffer.from(source).toString("utf8"),
    mutants: mutants.map((mutant) => mutantOf(mutant, name)),
  };
}

function mutantOf(mutant: MutantResult, file: string): StrykerMutant {
  const { id, mutator, replacement, description, place, status, reason, coveredBy, killedBy } = mutant;
  return {
    id: `${file}:${id}`,
    mutatorName: mutator,
    replacement: Buffer.from(replacement, "latin1").toString("utf8"),
    description,
    location: { start: fromOne(place.start), end: fromOne(place.end) },
    status,
    ...(reason === "" ? {} : { statusReason: reason }),
    coveredBy,
    killedBy,
  };
}

function fromOne({ line, column }: StrykerPosition): StrykerPosition {
  return { line, column: column + 1 };
}

function testOf({ id, name, line }: MutationTest): StrykerTest {
  return { id, name, ...(line === null ? {} : { location: { start: { line, column: 1 } } }) };
}
