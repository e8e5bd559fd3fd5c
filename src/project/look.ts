/** Looks at a project, and runs nothing of it. */

import path from "node:path";
import { LuacovError } from "../errors.js";
import { type Prepared, prepare } from "../harness/plan/busted.js";
import { luaModules } from "../harness/plan/modules/projectModules.js";
import { checkFramework } from "../luas/frameworks.js";
import { findLuas } from "../luas/luas.js";
import type { Config, Style } from "../types.js";
import { blockedOf } from "./blocked.js";
import { compiledIn } from "./compiled.js";
import {
  configurationOf,
  isForJavaScript,
  luaSetting,
  nameOf,
  type OwnConfiguration,
  ownConfiguration,
  rootReasonOf,
} from "./configuration.js";
import { chooseLua } from "./follow/choose.js";
import { type FoundTemplate, follow, followAsIs, type Looking } from "./follow/follow.js";
import { helperProblems } from "./helper.js";
import { excludeSetting, type Measured, measuredOf, unmeasuredProblems } from "./measured.js";
import { moonScriptProblems } from "./moonScript.js";
import { ownFolderProblems, problemsOf, withoutTests } from "./problems.js";
import type { Problem, Project, Setting } from "./project.js";
import { declaredIn } from "./read/declared.js";
import { type LuaFile, luaFilesOf, readTexts } from "./read/files.js";
import { configuredLuas, fengari, nativeLuas, type ProjectLua, pathsReader } from "./read/luas.js";
import type { LuaText } from "./read/luaText.js";
import { choiceSetting, pathSetting, shownIn } from "./settings.js";
import { helpersAmong, likelyTests, testsSetting, withoutHelpers } from "./tests.js";
import { unreadProblems } from "./unread.js";

/** Says what a project is, what of it would not run here, and what its configuration should say. Throws CONFIG. */
export async function lookAtProject(given: Config): Promise<Project> {
  const own = await ownConfiguration(given);
  const { looking, luas, prepared } = await gather(given);
  const { config, texts, declared, natives } = looking;
  const inMoonScript = moonScriptProblems(config.cwd);
  const chosen = chooseTests(prepared?.tests ?? [], looking, inMoonScript.length > 0);
  const running = await howTheyRun(chosen.tests, luas, looking);
  const measuring = whatIsMeasured(chosen.tests, own, looking);
  const isMeasuredElsewhere = measuring.isForJavaScript || inMoonScript.length > 0;
  return {
    root: config.cwd,
    rootReason: rootReasonOf(config, own),
    configuration: configurationOf(given, own, declared, prepared !== null && prepared.config !== given),
    configured: own === null || measuring.isForJavaScript ? null : nameOf(own.place, config.cwd),
    luas: luas.map(({ name }) => name),
    found: natives.map(({ name }) => name),
    tests: chosen.tests.map(({ name, file }) => ({ name, style: styleIn(texts.of(file)) })),
    ...measuring.now,
    compiled: compiledIn(config.cwd, measuring.now.sources),
    blocked: running.blocked,
    settings: [...measuring.first, ...chosen.settings, ...running.settings, ...measuring.last],
    problems: [
      ...[...declared.problems, ...warningsOf(given)].map((message): Problem => ({ message, commands: [] })),
      ...running.problems,
      ...ownFolderProblems(chosen.tests, config.cwd),
      ...(await frameworkProblems(config, luas)),
      ...inMoonScript,
      ...(isMeasuredElsewhere ? [] : unmeasuredProblems(config, chosen.tests, measuring.now)),
      ...(chosen.tests.length + inMoonScript.length === 0 ? withoutTests(looking) : []),
    ],
  };
}

function styleIn(text: LuaText | null): Style | null {
  return text?.isLua === true ? text.style : null;
}

function warningsOf({ configurationNotices }: Config): string[] {
  return configurationNotices.filter(({ level }) => level === "warning").map(({ message }) => message);
}

interface Gathered {
  readonly looking: Looking;
  /** Those that the tests are to run in. */
  readonly luas: readonly ProjectLua[];
  /** Null where a run finds no test. */
  readonly prepared: Prepared | null;
}

async function gather(given: Config): Promise<Gathered> {
  const [declared, natives, luas, prepared] = await Promise.all([
    declaredIn(given.cwd),
    nativeLuas(),
    configuredLuas(given),
    preparedTests(given),
  ]);
  const looking: Looking = {
    config: { ...(prepared?.config ?? given), modules: luaModules(declared.modules) },
    files: luaFilesOf(given.cwd),
    declared,
    texts: readTexts(),
    natives,
    pathsOf: pathsReader(),
  };
  return { looking, luas, prepared };
}

/** The test files that a run finds. */
async function preparedTests(config: Config): Promise<Prepared | null> {
  try {
    return await prepare(config, undefined);
  } catch (error) {
    if (error instanceof LuacovError && error.code === "NO_TESTS") return null;
    throw error;
  }
}

/** The files that are to be the tests, and what has to be said for that. */
function chooseTests(
  found: readonly string[],
  { config, files, texts }: Looking,
  isInMoonScript: boolean,
): { readonly tests: readonly LuaFile[]; readonly settings: readonly Setting[] } {
  const named = found.map((file) => ({ name: path.relative(config.cwd, file), file }));
  const tests = found.length > 0 || isInMoonScript ? named : likelyTests(files, texts);
  const setting = found.length > 0 ? null : testsSetting(tests);
  const helpers = helpersAmong(tests, texts);
  const without = withoutHelpers(helpers, setting?.value ?? config.tests);
  const reasons = [setting, without].flatMap((each) => each?.reason ?? []);
  const last = without ?? setting;
  return {
    tests: tests.filter((each) => !helpers.includes(each)),
    settings: last === null ? [] : [{ ...last, reason: reasons.join(" ") }],
  };
}

/** What keeps tests from running, and what mends that. */
async function howTheyRun(
  tests: readonly LuaFile[],
  luas: readonly ProjectLua[],
  looking: Looking,
): Promise<Pick<Project, "blocked" | "settings" | "problems">> {
  const { config, texts } = looking;
  const [current = fengari, ...others] = luas;
  const followed = await follow(tests, current, looking);
  const reached = followed.all.map((each) => each.reached);
  const choice = await chooseLua(current, reached, looking);
  const lua = choice?.lua ?? current;
  const final = choice === null ? followed : await follow(tests, lua, looking, followed.templates);
  const blocked = blockedOf(await followAsIs(tests, current, looking), followed.all, {
    lua: current,
    texts,
    placeOf: (module) => followed.templates.find((each) => each.module === module)?.file ?? null,
    shown: shownIn(config),
  });
  return {
    blocked,
    settings: [
      ...pathSetting(final.templates, config),
      ...(choice === null ? [] : [choiceSetting(choice, current, followed.all, looking)]),
    ],
    problems: [
      ...unreadProblems(tests, final.all, looking),
      ...(await helperProblems(tests, lua, looking)),
      ...problemsOf(final.all, lua, looking),
      ...(await problemsElsewhere(others, tests, final.templates, looking)),
    ],
  };
}

/** Of the other Luas that the tests are to run in. */
async function problemsElsewhere(
  luas: readonly ProjectLua[],
  tests: readonly LuaFile[],
  templates: readonly FoundTemplate[],
  looking: Looking,
): Promise<Problem[]> {
  const all = luas.map(async (lua) => {
    return problemsOf((await follow(tests, lua, looking, templates)).all, lua, looking);
  });
  return (await Promise.all(all)).flat();
}

/** Whether the framework is there that is to run the tests. */
async function frameworkProblems(config: Config, luas: readonly ProjectLua[]): Promise<Problem[]> {
  if (config.framework === "luacov-ts" || luas.some(({ problem }) => problem !== null)) return [];
  try {
    await checkFramework(config, await findLuas(config));
    return [];
  } catch (error) {
    if (error instanceof LuacovError) return [{ message: error.message, commands: [] }];
    throw error;
  }
}

interface Measuring {
  readonly now: Measured;
  /** Whether the configuration lets nothing of Lua through. */
  readonly isForJavaScript: boolean;
  readonly first: readonly Setting[];
  readonly last: readonly Setting[];
}

function whatIsMeasured(
  tests: readonly LuaFile[],
  own: OwnConfiguration | null,
  { config, files }: Looking,
): Measuring {
  const testFiles = tests.map(({ file }) => file);
  const now = measuredOf(config, testFiles, files);
  if (own === null || !isForJavaScript(own.place, now, files.length - tests.length)) {
    const last = excludeSetting(now.sources, config.exclude);
    return { now, isForJavaScript: false, first: [], last: last === null ? [] : [last] };
  }
  const plain = measuredOf({ ...config, include: [], exclude: [], extension: [".lua"] }, testFiles, files);
  const last = excludeSetting(plain.sources, []);
  const first = [luaSetting(own.place, config.cwd)];
  return { now, isForJavaScript: true, first, last: last === null ? [] : [last] };
}
