import path from "node:path";
import { type Config, loadConfig, type Options, type RunResult, run, type TestEvent } from "luacov-ts";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";
import { inTestLua } from "../support/testLua.js";

interface Told {
  readonly result: RunResult;
  readonly events: readonly TestEvent[];
}

async function runIn(folder: string, options: Options): Promise<Told> {
  const config: Config = await loadConfig({ cwd: folder, luaPath: "?.lua", ...inTestLua, ...options });
  const events: TestEvent[] = [];
  const onEvent = (event: TestEvent) => {
    events.push(event);
  };
  const result = await run(config, { patterns: [path.join(folder, "test")], onEvent });
  return { result, events };
}

/** Events in a word each, in order; those that come as things happen left out. */
function words(events: readonly TestEvent[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case "progress":
        return [];
      case "output":
        return [`${event.output.stream} ${Buffer.from(event.output.bytes).toString().trim()}`];
      case "test":
        return [`${event.result.status} ${event.result.attempts}`];
      case "run end":
        return [`${event.kind} ${event.notRun}`];
      case "run start":
        return [event.kind];
      default:
        return [`${event.kind} ${path.basename(event.file)}`];
    }
  });
}

/** A test file that fails until it has run so many times. */
const flaky = (runs: number) => `require "m"
  local file = io.open(arg[0] .. ".runs", "a+")
  file:write("x") file:seek("set")
  local count = #file:read("*a")
  file:close()
  print("run " .. count) assert(count >= ${runs})`;

const sources = { "m.lua": "return 1" };

/** The hits of the only statement of m.lua. */
function hitsIn(folder: string, { coverage }: RunResult): number | undefined {
  return coverage[path.join(folder, "m.lua")]?.s[0];
}

const attempts: readonly (readonly [retry: number, runs: number, told: readonly string[], hits: number])[] = [
  [0, 2, ["stdout run 1", "error 1"], 2],
  [1, 2, ["stdout run 1", "stdout run 2", "success 2"], 3],
  [3, 3, ["stdout run 1", "stdout run 2", "stdout run 3", "success 3"], 4],
  [1, 3, ["stdout run 1", "stdout run 2", "error 2"], 3],
];

test.for(attempts)("retry %i of a file that passes at run %i", async ([retry, runs, told, hits]) => {
  const folder = makeFolder({
    ...sources,
    "test/a.lua": flaky(runs),
    "test/b.lua": 'require "m" print("b")',
  });
  const { result, events } = await runIn(folder, { retry, jobs: 2 });
  const end = ["file end a.lua", "file start b.lua", "stdout b", "success 1", "file end b.lua", "run end 0"];
  expect(words(events)).toEqual(["run start", "file start a.lua", ...told, ...end]);
  expect(hitsIn(folder, result)).toBe(hits);
});

/** Ten test files, of which those with a number that 3 divides fail; the later ones end first. */
function failing(): string {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  const text = (index: number) =>
    `require "m" for _ = 1, ${(10 - index) * 20000} do end print(${index}) assert(${index} % 3 ~= 0)`;
  return makeFolder({
    ...sources,
    ...Object.fromEntries(numbers.map((index) => [`test/${index}.lua`, text(index)])),
  });
}

const bails: readonly (readonly [bail: number, ran: number])[] = [
  [0, 10],
  [1, 1],
  [2, 4],
  [3, 7],
  [5, 10],
];

test.for(bails)("bail %i: %i files count, with any number of workers", async ([bail, ran]) => {
  for (const jobs of [1, 2, 4]) {
    const folder = failing();
    const { result, events } = await runIn(folder, { bail, jobs });
    const files = Array.from({ length: ran }, (_, index) => {
      const status = index % 3 === 0 ? "error" : "success";
      return [`file start ${index}.lua`, `stdout ${index}`, `${status} 1`, `file end ${index}.lua`];
    });
    expect(words(events)).toEqual(["run start", ...files.flat(), `run end ${10 - ran}`]);
    expect([result.results.length, result.notRun, result.interrupted]).toEqual([ran, 10 - ran, false]);
    expect(hitsIn(folder, result)).toBe(ran);
  }
});

test("progress is told as things happen", async () => {
  const { events } = await runIn(failing(), { jobs: 2 });
  const progress = events.flatMap((event) => (event.kind === "progress" ? [event] : []));
  expect(progress.map(({ ended, files }) => [ended, files]).at(-1)).toEqual([10, 10]);
  expect(progress.at(-1)?.totals).toEqual({ success: 6, failure: 0, error: 4, pending: 0 });
  expect(progress.at(-1)?.running).toEqual([]);
  expect(Math.max(...progress.map(({ running }) => running.length))).toBe(2);
});

test("an error of a reporter ends the run where its caller can catch it", async () => {
  const config = await loadConfig({ cwd: failing(), luaPath: "?.lua" });
  const fails = (event: TestEvent) => {
    if (event.kind === "test") throw new Error("the reporter fails");
  };
  const failsLater = async (event: TestEvent) => fails(event);
  for (const onEvent of [fails, failsLater]) {
    const running = run(config, { patterns: [path.join(config.cwd, "test")], onEvent });
    await expect(running).rejects.toThrow("the reporter fails");
  }
});
