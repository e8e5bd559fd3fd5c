import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exitCode, runCli, startCli } from "../support/cli.js";
import { makeFolder } from "../support/folder.js";

/** How often to kill; KILLS=200 takes a quarter of an hour. */
const kills = Number(process.env.KILLS ?? 6);

/** Names make the coverage map ten megabytes. */
const functions = Array.from(
  { length: 200 },
  (_, index) => `local function n${index}${"x".repeat(50_000)}() end\n`,
);

const project = {
  "src/big.lua": functions.join(""),
  "src/m.lua": "return function() end\n",
  "test/a.lua": 'require "src.big" local f = require "src.m" for _ = 1, tonumber((...)) do f() end',
};

const signals = ["SIGKILL", "SIGTERM", "SIGINT"] as const;

/** A run by its number: so often the function of src/m.lua is called. */
function flags(run: number): string[] {
  return ["--reporter", "none", "--test-reporter", "junit=out/junit.xml", "test", "--", String(run)];
}

interface Place {
  readonly folder: string;
  readonly environment: { readonly TMPDIR: string };
}

/** The number of the run whose figures `report` gives; null when it says that there are none. */
async function reported({ folder, environment }: Place): Promise<number | null> {
  const { code, stdout, stderr } = await runCli(folder, ["report", "--reporter", "text-lcov"], environment);
  if (code === 1) {
    expect(stderr).toMatch(
      /^ERROR: No coverage (found in .* the last run did not come to its end|was collected)/,
    );
    return null;
  }
  expect(code, stderr).toBe(0);
  return Number(/SF:src\/m\.lua\n(?:.*\n)*?FNDA:(\d+)/.exec(stdout)?.[1] ?? 0);
}

/** Every file of ours in the project and in the folder for temporary files, names of maps left out. */
function leftovers({ folder, environment }: Place): string[] {
  const all = [".nyc_output", ".nyc_output/luacov-ts", "out"].map((name) => path.join(folder, name));
  return [...all, environment.TMPDIR].flatMap((each) =>
    readdirSync(each).map((name) => name.replace(/^[\da-f-]{36}\.json$/, "map.json")),
  );
}

async function wholeRun(place: Place, run: number): Promise<void> {
  expect(await runCli(place.folder, flags(run), place.environment)).toMatchObject({ code: 0, stderr: "" });
  expect(await reported(place)).toBe(run);
  expect(leftovers(place).sort()).toEqual(["junit.xml", "luacov-ts", "map.json", "map.json", "tests.json"]);
}

test(
  `a run that is ended at any of ${kills} moments leaves its figures, those of the last whole run, or none`,
  async () => {
    const folder = makeFolder({ ...project, "tmp/.keep": "" });
    const place: Place = { folder, environment: { TMPDIR: makeFolder({}) } };
    const start = performance.now();
    await runCli(folder, flags(1000), place.environment);
    const duration = Math.round(performance.now() - start);
    await wholeRun(place, 1000);
    let whole: number | null = 1000;
    const moments = fc.sample(fc.noBias(fc.integer({ min: 0, max: duration })), kills);
    for (const [index, moment] of moments.entries()) {
      const run = 1001 + index;
      const signal = signals[index % signals.length] ?? "SIGKILL";
      const child = startCli(folder, flags(run), place.environment);
      const code = exitCode(child);
      child.stdout.resume();
      child.stderr.resume();
      await delay(moment);
      child.kill(signal);
      const ended = await code;
      const found = await reported(place);
      const label = `${signal} after ${moment} ms: code ${ended}`;
      // What was measured until an interruption is a result, too.
      const isOwn = found !== null && (ended === 130 || ended === 143 || ended === 0) && found <= run;
      expect(isOwn || found === null || found === run || found === whole, `${label}, ${found}`).toBe(true);
      whole = found;
      const junit = path.join(folder, "out/junit.xml");
      if (existsSync(junit))
        expect(readFileSync(junit, "utf8")).toMatch(/(<\/testsuites>|<testsuites[^>]*\/>)\s*$/);
      if (existsSync(path.join(folder, ".nyc_output/luacov-ts/tests.json")))
        JSON.parse(readFileSync(path.join(folder, ".nyc_output/luacov-ts/tests.json"), "utf8"));
      if (index % 10 === 9) {
        await wholeRun(place, 10_000 + index);
        whole = 10_000 + index;
      }
    }
    await wholeRun(place, 20_000);
  },
  60_000 + kills * 60_000,
);
