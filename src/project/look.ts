/** Looks at a project, and runs nothing of it. */

import path from "node:path";
import { LuacovError } from "../errors.js";
import { checkFramework } from "../frameworks.js";
import { prepare } from "../harness/plan/busted.js";
import { findLuas } from "../luas.js";
import type { Config } from "../types.js";
import { blockedOf } from "./blocked.js";
import {
  configurationOf,
  isForJavaScript,
  luaSetting,
  nameOf,
  rootReasonOf,
  strongestPlace,
} from "./configuration.js";
import { chooseLua } from "./follow/choose.js";
import { type FoundTemplate, follow, followAsIs, type Looking } from "./follow/follow.js";
import { excludeSetting, measuredOf } from "./measured.js";
import { problemsOf, withoutAny } from "./problems.js";
import type { Problem, Project, Setting } from "./project.js";
import { declaredIn } from "./read/declared.js";
import { type LuaFile, luaFilesOf, readTexts } from "./read/files.js";
import { configuredLuas, fengari, nativeLuas, type ProjectLua, pathsReader } from "./read/luas.js";
import { choiceSetting, pathSetting } from "./settings.js";
import { helpersAmong, likelyTests, testsSetting, withoutHelpers } from "./tests.js";

/** Says what a project is, what of it would not run here, and what its configuration should say. Throws CONFIG. */
export async function lookAtProject(given: Config): Promise<Project> {
  const [declared, natives, luas] = await Promise.all([
    declaredIn(given.cwd),
    nativeLuas(),
    configuredLuas(given),
  ]);
  const files = luaFilesOf(given.cwd);
  const texts = readTexts();
  const place = strongestPlace(given);
  const prepared = await preparedTests(given);
  const config = prepared?.config ?? given;
  const looking: Looking = { config, files, declared, texts, natives, pathsOf: pathsReader() };

  const chosen = chooseTests(prepared?.tests ?? [], looking);
  const current = luas[0] ?? fengari;
  const followed = await follow(chosen.tests, current, looking);
  const reached = followed.all.map((each) => each.reached);
  const choice = await chooseLua(current, reached, looking);
  const lua = choice?.lua ?? current;
  const final = choice === null ? followed : await follow(chosen.tests, lua, looking, followed.templates);

  const plain = measuredOf(config, filesOf(chosen.tests), files);
  const foreign = isForJavaScript(place, plain, files.length - chosen.tests.length);
  const scope = foreign ? { ...config, include: [], exclude: [], extension: [".lua"] } : config;
  const { sources, leftOut } = foreign ? measuredOf(scope, filesOf(chosen.tests), files) : plain;
  const settings = [
    ...(foreign && place !== null ? [luaSetting(place, config.cwd)] : []),
    ...chosen.settings,
    ...pathSetting(final.templates, config),
    ...(choice === null ? [] : [choiceSetting(choice, current, followed.all, looking)]),
    ...[excludeSetting(sources, scope.exclude)].filter((each) => each !== null),
  ];
  return {
    root: config.cwd,
    rootReason: rootReasonOf(config, place),
    configuration: configurationOf(given, place, declared, prepared !== null && prepared.config !== given),
    configured: place === null || foreign ? null : nameOf(place, config.cwd),
    luas: luas.map(({ name }) => name),
    found: natives.map(({ name }) => name),
    tests: chosen.tests.map(({ name, file }) => ({ name, style: texts.of(file)?.style ?? "script" })),
    sources: foreign ? [] : sources,
    leftOut: foreign ? plain.leftOut : leftOut,
    blocked: blockedOf(await followAsIs(chosen.tests, current, looking), followed.all, {
      lua: current,
      texts,
      placeOf: (module) => followed.templates.find((each) => each.module === module)?.file ?? null,
      shown: (file) => path.relative(config.cwd, file),
    }),
    settings,
    problems: [
      ...declared.problems.map((message): Problem => ({ message, commands: [] })),
      ...problemsOf(final.all, lua, looking),
      ...(await problemsElsewhere(luas.slice(1), chosen.tests, final.templates, looking)),
      ...(await frameworkProblems(config, luas)),
      ...withoutAny(chosen.tests, looking),
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

/** The test files that a run finds; null where it finds none. */
async function preparedTests(config: Config) {
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
): { readonly tests: readonly LuaFile[]; readonly settings: readonly Setting[] } {
  const named = found.map((file) => ({ name: path.relative(config.cwd, file), file }));
  const tests = found.length > 0 ? named : likelyTests(files, texts);
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

const filesOf = (files: readonly LuaFile[]) => files.map(({ file }) => file);
