import { eachCount, suiteOf } from "../../byTest/query.js";
import { indexSources, type SourceIndex } from "../../byTest/sites.js";
import { digestOfSource } from "../../files/digest.js";
import type { ByTest, CoverRow } from "../../types.js";

/** Which tests run the lines of a source. */
export interface LineTests {
  /** In words, those that run any of it. */
  readonly titles: readonly string[];
  /** By the number of a line, their places among these. */
  readonly byLine: ReadonlyMap<number, readonly number[]>;
}

/** Tells of a source by its path, where its text is still the one that ran. */
export type FindLineTests = (path: string, text: string) => LineTests | null;

export function lineTestsIn(byTest: ByTest): FindLineTests {
  const sources = indexSources(byTest);
  const { tests, outside } = suiteOf(byTest);
  const all = tests.map(({ file, line, names, rows, blocks }) => {
    const place = line === null ? file : `${file}:${line}`;
    return { title: [place, ...names].join(" "), rows: [...rows, ...blocks] };
  });
  const parts = [...all, { title: "outside of any test", rows: outside }];
  return (path, text) => {
    const source = sources.get(path);
    if (source === undefined || source.digests.some((each) => each !== digestOfSource(Buffer.from(text))))
      return null;
    const titles: string[] = [];
    const byLine = new Map<number, number[]>();
    for (const { title, rows } of parts) {
      const lines = linesOf(rows, source);
      if (lines.size === 0) continue;
      const place = titles.push(title) - 1;
      for (const line of lines) byLine.set(line, [...(byLine.get(line) ?? []), place]);
    }
    return { titles, byLine };
  };
}

/** Where statements begin that rows ran. */
function linesOf(rows: readonly CoverRow[], source: SourceIndex): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const row of rows)
    eachCount(row, source, (number) => {
      const site = source.sites[number];
      if (site?.kind === "statement") lines.add(site.line);
    });
  return lines;
}
