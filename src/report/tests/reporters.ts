import { unknownTestReporter } from "../../errors/reporters.js";
import type { Fence } from "../../output/place.js";
import type { Config, TestEvent, TestReporter, TestReporterContext } from "../../types.js";
import { reporterNames, testReporterNames } from "../reporterNames.js";
import { createCustomReporter, customFile } from "./custom/custom.js";
import { type Place, parseRequest, type Request, type Target, targetOf } from "./target.js";

type Create = (context: TestReporterContext, fence: Fence) => TestReporter;

/** Each is loaded, with the libraries that it needs, when it is asked for. */
const reporters: Readonly<Record<(typeof testReporterNames)[number], () => Promise<Create>>> = {
  default: async () => (await import("./default.js")).createDefaultReporter,
  dot: async () => (await import("./dot.js")).createDotReporter,
  quiet: async () => (await import("./quiet.js")).createQuietReporter,
  tap: async () => (await import("./tap.js")).createTapReporter,
  junit: async () => (await import("./junit.js")).createJunitReporter,
  json: async () => (await import("./json.js")).createJsonReporter,
  github: async () => (await import("./github.js")).createGithubReporter,
};

/**
 * The configured test reporters as one, for one run. Throws UNKNOWN_REPORTER and BAD_TEST_REPORTER, USAGE for
 * a request that names nothing; what it returns throws NOT_WRITABLE and BAD_TEST_REPORTER.
 */
export async function createTestReporter(
  config: Pick<Config, "cwd" | "testReporter"> & Partial<Pick<Config, "sandbox" | "debug">>,
): Promise<TestReporter> {
  const requests = config.testReporter.map(parseRequest);
  const fence = config.sandbox === true ? config.cwd : null;
  const place = { root: config.cwd, fence, isAlone: (config.debug ?? null) === null };
  const made = await Promise.all(requests.map((request) => createOne(request, place)));
  return (event) => together(made.map((reporter) => reporter(event)));
}

/** Throws as `createTestReporter` does for what is there, but runs nothing. */
export function checkTestReporters({ testReporter, cwd }: Pick<Config, "cwd" | "testReporter">): void {
  for (const request of testReporter.map(parseRequest)) fileOf(request, cwd);
}

/** Of a reporter of the project; null for one of ours. Throws UNKNOWN_REPORTER. */
function fileOf({ name }: Request, root: string): string | null {
  if (testReporterNames.some((each) => each === name)) return null;
  const file = customFile(name, root);
  if (file === null) throw unknownTestReporter(name, testReporterNames, reporterNames);
  return file;
}

/** Nothing to wait for is no promise: there are as many events as a program writes pieces of output. */
function together(ended: readonly (void | Promise<void>)[]): void | Promise<void> {
  const pending = ended.filter((each) => each instanceof Promise);
  if (pending.length > 0) return Promise.all(pending).then(() => {});
}

async function createOne(request: Request, place: Place): Promise<TestReporter> {
  const { root, fence } = place;
  const known = testReporterNames.find((name) => name === request.name);
  const load = known === undefined ? undefined : reporters[known];
  const file = fileOf(request, root);
  const target = targetOf(request, place);
  const { context } = target;
  const reporter =
    load === undefined
      ? await createCustomReporter(request.name, file ?? "", context)
      : inTurn((await load())(context, fence));
  return guarded(reporter, target);
}

/** A reporter that takes its time gets one event after the other. */
function inTurn(reporter: TestReporter): TestReporter {
  let last: Promise<void> | null = null;
  return (event) => {
    const ended: void | Promise<void> = last === null ? reporter(event) : last.then(() => reporter(event));
    if (ended instanceof Promise) last = ended;
    return ended;
  };
}

/**
 * Nobody waits for most events, so what goes wrong in one is thrown at the end of the run; what goes wrong at
 * its start, at once. A reporter that failed hears nothing more.
 */
function guarded(reporter: TestReporter, target: Target): TestReporter {
  const errors: unknown[] = [];
  const fail = (error: unknown) => {
    errors.push(error);
  };
  const deliver = (event: TestEvent): void | Promise<void> => {
    try {
      if (event.kind === "run start") target.open();
      const ended = reporter(event);
      return ended instanceof Promise ? ended.catch(fail) : undefined;
    } catch (error) {
      fail(error);
    }
  };
  const close = () => {
    try {
      target.close(errors.length === 0);
    } catch (error) {
      fail(error);
    }
  };
  const conclude = async ({ kind }: TestEvent, delivered: void | Promise<void>) => {
    await delivered;
    if (kind === "run end") close();
    if (errors.length > 0) throw errors[0];
  };
  return (event) => {
    const delivered = errors.length === 0 ? deliver(event) : undefined;
    return event.kind === "run start" || event.kind === "run end" ? conclude(event, delivered) : delivered;
  };
}
