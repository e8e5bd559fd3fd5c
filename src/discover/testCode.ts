import type { Scope } from "../types.js";

const testFile = "a test file of this run";
const helperFile = "the helper of this run";
const setupFile = "the setup file of this run";
const folder = "in the folder of tests";
const named = "named as a test";

/** Where tests are when nobody says it. */
export const testFolders = ["test", "tests", "spec"] as const;

/** What busted takes for a spec, such as `a_spec.lua`; `a_test.lua`, `a-test.lua`, `a.test.lua`, `test_a.lua`. */
const testNames = /_spec|^test[_-]|[_.-](spec|test)\.[^.]*$/;

/** Only right under the root: elsewhere a module may be called so. */
const testNameInRoot = /^tests?\.[^.]*$/;

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Each source is looked for in all tests. */
function setOf(tests: readonly string[]): ReadonlySet<string> {
  const known = sets.get(tests) ?? new Set(tests);
  sets.set(tests, known);
  return known;
}

/** Why a file is a part of this run's tests; null for another one. */
export function testOfRun({ tests, helper = null, setup = null }: Scope, file: string): string | null {
  if (setOf(tests).has(file)) return testFile;
  if (file === helper) return helperFile;
  return file === setup ? setupFile : null;
}

/**
 * Why a file, by its name below the root, is code of tests and not what they test; null for another one. A program that
 * is run by itself has no tests, so that nothing is code of them.
 */
export function testCode({ tests, hasOtherTests = false }: Scope, name: string): string | null {
  if (tests.length === 0 && !hasOtherTests) return null;
  return testName(name);
}

/** The same by the name alone. */
export function testName(name: string): string | null {
  const [first = "", ...rest] = name.split("/");
  if (rest.length > 0 && testFolders.some((each) => each === first)) return `${folder} ${first}`;
  const isNamed = testNames.test(rest.at(-1) ?? first) || (rest.length === 0 && testNameInRoot.test(first));
  return isNamed ? named : null;
}

/** Whether a verdict's reason is that a file belongs to the tests. */
export function isTestReason(reason: string): boolean {
  return [testFile, helperFile, setupFile, folder, named].some((each) => reason.startsWith(each));
}
