import path from "node:path";
import { pathToFileURL } from "node:url";
import { badTestReporter, failedTestReporter } from "../../errors.js";
import { isFile } from "../../files/files.js";
import type { TestReporter, TestReporterContext } from "../../types.js";

/** The file of a user's own reporter, which is named relative to the project root; null when there is none. */
export function customFile(name: string, root: string): string | null {
  const file = path.resolve(root, name);
  return isFile(file) ? file : null;
}

/**
 * The reporter that a module makes by its default export. Throws BAD_TEST_REPORTER, also for what the reporter
 * throws later: a mistake in it is its author's to mend.
 */
export async function createCustomReporter(
  name: string,
  file: string,
  context: TestReporterContext,
): Promise<TestReporter> {
  const create = await factoryOf(name, file);
  const reporter: unknown = await attempt(name, "its start", () => create(context));
  if (!isFunction(reporter)) {
    throw badTestReporter(name, "makes no reporter: its default export must return a function of events");
  }
  return async (event) => {
    await attempt(name, `the event "${event.kind}"`, () => reporter(event));
  };
}

async function factoryOf(name: string, file: string): Promise<Callable> {
  const module: unknown = await attempt(name, "loading", () => import(pathToFileURL(file).href));
  const factory = defaultOf(module);
  if (isFunction(factory)) return factory;
  throw badTestReporter(name, "has no default export that is a function: (context) => (event) => …");
}

type Callable = (argument: unknown) => unknown;

function isFunction(value: unknown): value is Callable {
  return typeof value === "function";
}

function defaultOf(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

async function attempt<Value>(name: string, doing: string, action: () => Value): Promise<Awaited<Value>> {
  try {
    return await action();
  } catch (cause) {
    throw failedTestReporter(name, doing, cause);
  }
}
