import { availableParallelism } from "node:os";
import path from "node:path";
import { notByTest } from "../errors/byTest.js";
import { unsortable } from "../errors/profile.js";
import {
  contradictoryFramework,
  contradictoryTag,
  noSuchRoot,
  notUtf8,
  sandboxedBusted,
  unusableFile,
} from "../errors.js";
import { isFile, isFolder, missing, realPath } from "../files/files.js";
import { isEscaped } from "../files/names.js";
import type { Config, ProfileReportOptions, SpecOptions, Watermarks } from "../types.js";
import { optionTable, type ValidOptions } from "./options/options.js";
import { resolveGlobThresholds, resolveThresholds } from "./resolveThresholds.js";

/** Fills in the defaults and makes every path absolute. Throws CONFIG when the root is no folder. */
export function resolveConfig(options: ValidOptions, cwd: string): Config {
  const root = realRoot(cwd);
  refuseBytes(root, options);
  const tempDir = path.resolve(root, or(options.tempDir, optionTable.tempDir));
  return {
    cwd: root,
    rootFrom: null,
    given: Object.keys(options),
    coverage: or(options.coverage, optionTable.coverage),
    all: or(options.all, optionTable.all),
    include: or(options.include, optionTable.include),
    exclude: or(options.exclude, optionTable.exclude),
    extension: or(options.extension, optionTable.extension),
    byTest: resolveByTest(options),
    linesOnly: or(options.linesOnly, optionTable.linesOnly),
    timeout: or(options.timeout, optionTable.timeout),
    maxMemory: or(options.maxMemory, optionTable.maxMemory),
    maxInstructions: or(options.maxInstructions, optionTable.maxInstructions),
    sandbox: or(options.sandbox, optionTable.sandbox),
    ...resolveFramework(options),
    lua: [...new Set(or(options.lua, optionTable.lua))],
    collector: or(options.collector, optionTable.collector),
    ...resolveProfile(options),
    trace: null,
    debug: null,
    partOf: null,
    projects: [],
    tests: or(options.tests, optionTable.tests),
    setup: resolveSetup(root, options.setup),
    pattern: or(options.pattern, optionTable.pattern),
    excludePattern: or(options.excludePattern, optionTable.excludePattern),
    recursive: or(options.recursive, optionTable.recursive),
    passWithNoTests: or(options.passWithNoTests, optionTable.passWithNoTests),
    luaPath: or(options.luaPath, optionTable.luaPath),
    modules: {},
    luaCpath: or(options.luaCpath, optionTable.luaCpath),
    testReporter: or(options.testReporter, optionTable.testReporter),
    configFile: options.configFile ?? null,
    run: options.run ?? null,
    repeat: or(options.repeat, optionTable.repeat),
    // One alone wins over both.
    shuffleFiles: options.shuffleFiles ?? or(options.shuffle, optionTable.shuffle),
    shuffleTests: options.shuffleTests ?? or(options.shuffle, optionTable.shuffle),
    seed: options.seed ?? null,
    specs: resolveSpecs(options),
    jobs: options.jobs ?? availableParallelism(),
    bail: or(options.bail, optionTable.bail),
    retry: or(options.retry, optionTable.retry),
    shard: resolveShard(options.shard),
    testRecord:
      options.testRecord === undefined
        ? path.join(tempDir, "luacov-ts", "tests.json")
        : path.resolve(root, options.testRecord),
    reporter: withPages(or(options.reporter, optionTable.reporter), or(options.open, optionTable.open)),
    baseCoverage: options.baseCoverage === undefined ? null : path.resolve(root, options.baseCoverage),
    stats: or(options.stats, optionTable.stats).map((file) => path.resolve(root, file)),
    luacov: null,
    configurationNotices: [],
    reportDir: path.resolve(root, or(options.reportDir, optionTable.reportDir)),
    open: or(options.open, optionTable.open),
    tempDir,
    clean: or(options.clean, optionTable.clean),
    checkCoverage: or(options.checkCoverage, optionTable.checkCoverage),
    thresholds: resolveThresholds(options),
    globThresholds: resolveGlobThresholds(options),
    perFile: or(options.perFile, optionTable.perFile),
    since: options.since ?? null,
    changeThresholds: {
      lines: or(options.changedLines, optionTable.changedLines),
      branches: or(options.changedBranches, optionTable.changedBranches),
    },
    autoUpdate: or(options.autoUpdate, optionTable.autoUpdate),
    thresholdsFrom: {},
    luaFrom: null,
    watermarks: resolveWatermarks(options.watermarks ?? {}),
    sourceMap: or(options.sourceMap, optionTable.sourceMap),
    skipFull: or(options.skipFull, optionTable.skipFull),
    skipEmpty: or(options.skipEmpty, optionTable.skipEmpty),
    ...resolveProfiles(options),
    mutators: or(options.mutators, optionTable.mutators),
    mutationScore: or(options.mutationScore, optionTable.mutationScore),
    mutationReporter: or(options.mutationReporter, optionTable.mutationReporter),
  };
}

function resolveSetup(root: string, setup: string | undefined): string | null {
  if (setup === undefined) return null;
  const file = path.resolve(root, setup);
  if (!isFile(file)) throw unusableFile("setup file", setup, missing(file));
  return file;
}

function resolveProfile(options: ValidOptions): Pick<Config, "profile" | "profileMode" | "perTest"> {
  const mode = or(options.profileMode, optionTable.profileMode);
  const perTest = or(options.perTest, optionTable.perTest);
  const isAsked = or(options.profile, optionTable.profile);
  return { profile: isAsked ? { mode, perTest } : null, profileMode: mode, perTest };
}

/** What is counted without probes or by a runner that is not ours is not told test by test. */
function resolveByTest({ byTest, framework, collector, coverage }: ValidOptions): boolean {
  if (byTest !== true) return or(byTest, optionTable.byTest);
  if (framework === "busted") throw notByTest("framework busted", "busted does not tell where a test begins");
  if (collector === "hook") throw notByTest("collector hook", "the hook counts lines for a whole run");
  return coverage !== false;
}

/** What is to be opened is written. */
function withPages(reporter: Config["reporter"], open: boolean): Config["reporter"] {
  const isWritten = reporter.some((entry) => [entry].flat()[0] === "html-lua");
  return open && !isWritten ? [...reporter, "html-lua"] : reporter;
}

/** What a framework runs is written for it. */
function resolveFramework(options: ValidOptions): Pick<Config, "framework" | "style"> {
  const framework = or(options.framework, optionTable.framework);
  const style = or(options.style, optionTable.style);
  if (framework === "luacov-ts") return { framework, style };
  if (framework === "busted" && options.sandbox === true) throw sandboxedBusted();
  const own = framework === "busted" ? "spec" : "luaunit";
  if (style !== "auto" && style !== own) throw contradictoryFramework(framework, own, style);
  return { framework, style: own };
}

function resolveSpecs(options: ValidOptions): SpecOptions {
  const both = options.tags?.find((tag) => options.excludeTags?.includes(tag));
  if (both !== undefined) throw contradictoryTag(both);
  return {
    tags: or(options.tags, optionTable.tags),
    excludeTags: or(options.excludeTags, optionTable.excludeTags),
    filter: or(options.filter, optionTable.filter),
    filterOut: or(options.filterOut, optionTable.filterOut),
    name: or(options.name, optionTable.name),
    sort: or(options.sort, optionTable.sort),
    lazy: or(options.lazy, optionTable.lazy),
    helper: options.helper ?? null,
    helperArgs: or(options.helperArgs, optionTable.helperArgs),
    suppressPending: or(options.suppressPending, optionTable.suppressPending),
    prelude: null,
  };
}

function resolveProfiles(options: ValidOptions): ProfileReportOptions {
  const profileBy = or(options.profileBy, optionTable.profileBy);
  const profileSort = or(options.profileSort, optionTable.profileSort);
  if (profileBy === "line" && profileSort !== "self" && profileSort !== "name") throw unsortable(profileSort);
  return {
    profileReporter: or(options.profileReporter, optionTable.profileReporter),
    profileBy,
    profileSort,
    profileLimit: or(options.profileLimit, optionTable.profileLimit),
  };
}

function resolveShard(given: string | undefined): Config["shard"] {
  if (given === undefined) return null;
  const [index = 1, count = 1] = given.split("/").map(Number);
  return { index, count };
}

/** What is read may have any name; Istanbul and others who write for us take names for text. */
function refuseBytes(
  root: string,
  { reportDir, tempDir, testRecord, testReporter = [] }: ValidOptions,
): void {
  const written = { cwd: [root], "report-dir": [reportDir], "temp-dir": [tempDir] };
  const all = { ...written, "test-record": [testRecord], "test-reporter": testReporter };
  for (const [option, names] of Object.entries(all)) {
    const name = names.find((each) => each !== undefined && isEscaped(each));
    if (name !== undefined) throw notUtf8(option, name);
  }
}

function realRoot(cwd: string): string {
  if (!isFolder(cwd)) throw noSuchRoot(cwd);
  return realPath(cwd);
}

function or<Value>(value: Value | undefined, option: { readonly fallback: Value }): Value {
  return value ?? option.fallback;
}

function resolveWatermarks(given: NonNullable<ValidOptions["watermarks"]>): Watermarks {
  const { fallback } = optionTable.watermarks;
  const watermark = (metric: keyof Watermarks): [number, number] => [...(given[metric] ?? fallback[metric])];
  return {
    lines: watermark("lines"),
    functions: watermark("functions"),
    branches: watermark("branches"),
    statements: watermark("statements"),
  };
}
