import path from "node:path";
import { notAsked, notThere } from "../errors/byTest.js";
import type { Config, CoverRow } from "../types.js";
import { namesOf, sourcesAsked, sourcesFor } from "./asked.js";
import { eachCount, functionsNamed, type KnownTest, type Suite, sitesAt, timesOf } from "./query.js";
import type { SourceIndex } from "./sites.js";

/** What somebody asks about: some sites of a source, and how it is called. */
export interface Asked {
  readonly source: SourceIndex;
  readonly sites: readonly number[];
  readonly line: number | null;
  readonly fn: string | null;
}

/** `FILE:LINE`, `FILE:FUNCTION`, `FILE`, or `FUNCTION`, which may have colons. */
export function askedBy(
  operand: string,
  config: Config,
  sources: ReadonlyMap<string, SourceIndex>,
): readonly Asked[] {
  const [, file = operand, line] = /^(.+):(\d+)$/.exec(operand) ?? [];
  if (line !== undefined)
    return sourcesAsked(file, config, sources).map((source) => atLine(source, Number(line), config));
  const whole = sourcesFor(operand, config, sources);
  if (whole.length > 0)
    return whole.map((source) => ({ source, sites: statementsOf(source), line: null, fn: null }));
  for (let colon = operand.lastIndexOf(":"); colon > 0; colon = operand.lastIndexOf(":", colon - 1)) {
    const own = sourcesFor(operand.slice(0, colon), config, sources);
    const found = functionsIn(own, operand.slice(colon + 1));
    if (found.length > 0) return found;
    if (own.length > 0) throw notThere(`function ${operand.slice(colon + 1)}`, operand.slice(0, colon));
  }
  const found = functionsIn([...sources.values()], operand);
  if (found.length === 0) throw notAsked(operand, namesOf(sources, config));
  return found;
}

function atLine(source: SourceIndex, line: number, config: Config): Asked {
  const sites = sitesAt(source, line);
  if (sites.length === 0) throw notThere(`statement on line ${line}`, path.relative(config.cwd, source.path));
  return { source, sites, line, fn: null };
}

function functionsIn(sources: readonly SourceIndex[], name: string): readonly Asked[] {
  return sources.flatMap((source) =>
    functionsNamed(source, name).map((site) => {
      const { line = null, name: fn = name } = source.sites[site] ?? {};
      return { source, sites: [site], line, fn };
    }),
  );
}

function statementsOf({ sites }: SourceIndex): number[] {
  return [...sites.entries()].filter(([, { kind }]) => kind === "statement").map(([site]) => site);
}

/** Which tests ran that, how often, and whether by themselves or by what goes before and after those of their block. */
export interface Answer extends Asked {
  readonly tests: readonly { readonly test: KnownTest; readonly times: number; readonly own: boolean }[];
  readonly outside: number;
}

export function answerTo(asked: Asked, { tests, outside }: Suite): Answer {
  const { source, sites } = asked;
  const times = (rows: readonly CoverRow[]) => timesOf(rows, source, sites);
  const found = tests.flatMap((test) => {
    const all = times([...test.rows, ...test.blocks]);
    return all === 0 ? [] : [{ test, times: all, own: ranAny(test.rows, asked) }];
  });
  return { ...asked, tests: found, outside: times(outside) };
}

function ranAny(rows: readonly CoverRow[], { source, sites }: Asked): boolean {
  const wanted = new Set(sites);
  let found = false;
  for (const row of rows) eachCount(row, source, (site) => (found ||= wanted.has(site)));
  return found;
}
