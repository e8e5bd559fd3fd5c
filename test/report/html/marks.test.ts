import { readFileSync } from "node:fs";
import path from "node:path";
import type { Range } from "istanbul-lib-coverage";
import { expect } from "vitest";
import type { FileCoverageData } from "../../../src/types.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";
import { inPage } from "../browser.js";
import { nastySource, nastyTest } from "../nasty.js";

/** A stretch of a line that is marked: line from 1, columns from 0 in UTF-16 code units. */
type Stretch = readonly [line: number, start: number, end: number];

interface Page {
  readonly lines: readonly string[];
  readonly hits: readonly string[];
  readonly title: string;
  /** By the number of the miss. */
  readonly marks: Readonly<
    Record<string, { readonly kind: string; readonly stretches: Stretch[]; words: string }>
  >;
}

const reader = `
  const marks = {}, lines = [], hits = [];
  const rows = [...document.querySelectorAll("#code tr")];
  rows.forEach((row, index) => {
    const code = row.querySelector("code");
    lines.push(code.textContent);
    hits.push(row.cells[1].textContent);
    let column = 0;
    const visit = (node, ids) => {
      if (node.nodeType === Node.TEXT_NODE) {
        for (const id of ids) {
          const own = marks[id] ??= { kind: "s", stretches: [], words: "" };
          const last = own.stretches.at(-1);
          if (last !== undefined && last[0] === index + 1 && last[2] === column) last[2] += node.length;
          else own.stretches.push([index + 1, column, column + node.length]);
        }
        column += node.length;
      } else for (const child of node.childNodes) visit(child, ids.concat(child.dataset?.m?.split(" ") ?? []));
    };
    visit(code, []);
    for (const note of row.querySelectorAll("p")) {
      const own = marks[note.dataset.m] ??= { stretches: [] };
      own.kind = note.className;
      own.words = note.textContent;
    }
  });
  return { lines, hits, marks, title: document.title };`;

testWith("chromium")(
  "every miss of the map is marked at exactly its range, and nothing else is",
  async () => {
    const folder = makeFolder({ "src/nasty.lua": nastySource(), "test/nasty.lua": nastyTest });
    const run = await runCli(folder, ["--reporter", "html-lua", "--reporter", "json"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const map = JSON.parse(readFileSync(path.join(folder, "coverage/coverage-final.json"), "utf8"));
    const [file]: FileCoverageData[] = Object.values(map);
    if (file === undefined) throw new Error("nothing is measured");
    const page = inPage<Page>(path.join(folder, "coverage/html/src/nasty.lua.html"), reader);

    expect(page.title).toBe("src/nasty.lua – coverage");
    const { lines } = page;
    const source = nastySource().toString("utf8").split("\r\n");
    expect(lines).toEqual(source.slice(0, -1).map((line) => line.replace("\u0001", "␁")));
    expect(page.hits).toEqual(hitsOf(file, lines.length));
    const dead = deadPlaces(file, lines);
    const statements = dead.filter(({ words }) => words === "");
    expect(marksOf(page, "s")).toEqual(statements);
    expect(marksOf(page, "o")).toEqual(
      missedOperands(file, lines).filter((each) => !isWithin(each, statements)),
    );
    expect(marksOf(page, "f")).toEqual(missedFunctions(file, lines).filter((each) => !isWithin(each, dead)));
    expect(marksOf(page, "b").map(({ words, stretches }) => [words, textOf(stretches, lines)])).toEqual([
      ['"not d or b == nil" was never true', "not d or b == nil"],
      [`"a == 'two lines'" was never true`, "a  ==⏎'two lines'"],
      ["the body of the loop was never entered", "do half = i end"],
      ['"c" was never true', "c"],
      [`"half < 0 or a == '</td>' or half > 0" was never false`, "half < 0 or a == '</td>' or half > 0"],
      ['"wide == 1 and M" was never true', "wide == 1 and M"],
    ]);
  },
);

/** What is marked for one miss, and its words: none for a statement. */
interface Mark {
  readonly stretches: readonly Stretch[];
  readonly words: string;
}

function marksOf(page: Page, kind: string): Mark[] {
  const own = Object.values(page.marks).filter((mark) => mark.kind === kind);
  return own.map(({ stretches, words }) => ({ stretches, words })).sort(inOrder);
}

/** Statements that never ran and operands that were never evaluated, but for those in others. */
function deadPlaces(file: FileCoverageData, lines: readonly string[]): Mark[] {
  const statements = Object.entries(file.statementMap).filter(([key]) => file.s[key] === 0);
  const places = [
    ...statements.map(([, range]) => ({ stretches: stretchesOf(range, lines), words: "" })),
    ...missedOperands(file, lines).filter(({ words }) => words.endsWith("was never evaluated")),
  ];
  return places
    .filter(
      (each) =>
        !isWithin(
          each,
          places.filter((other) => other !== each),
        ),
    )
    .sort(inOrder);
}

function missedOperands(file: FileCoverageData, lines: readonly string[]): Mark[] {
  const chains = Object.entries(file.branchMap).filter(([, { type }]) => type === "binary-expr");
  const marks = chains.flatMap(([key, branch]) =>
    branch.locations.flatMap((range, index) => {
      const evaluated = file.b[key]?.[index] ?? 0;
      const truthy = file.bT?.[key]?.[index];
      const never = wordsOf(evaluated, truthy);
      const stretches = stretchesOf(range, lines);
      const words = `"${textOf(stretches, lines)}" was never ${never}`;
      return never === null || file.b[key]?.[0] === 0 ? [] : [{ stretches, words }];
    }),
  );
  return marks.sort(inOrder);
}

function wordsOf(evaluated: number, truthy: number | undefined): string | null {
  if (evaluated === 0) return "evaluated";
  if (truthy === 0) return "true";
  return truthy === evaluated ? "false" : null;
}

function missedFunctions(file: FileCoverageData, lines: readonly string[]): Mark[] {
  const missed = Object.entries(file.fnMap).filter(([key]) => file.f[key] === 0);
  const marks = missed.map(([, { decl, name }]) => ({
    stretches: stretchesOf(decl, lines),
    words: `${name} was never called`,
  }));
  return marks.sort(inOrder);
}

/** What a range covers of each line, less the white space at both ends of the line. */
function stretchesOf({ start, end }: Range, lines: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let line = start.line; line <= end.line; line++) {
    const text = lines[line - 1] ?? "";
    const first = Math.max(text.length - text.trimStart().length, line === start.line ? start.column : 0);
    const last = Math.min(text.trimEnd().length, line === end.line ? end.column : text.length);
    if (first < last) stretches.push([line, first, last]);
  }
  return stretches;
}

function isWithin({ stretches }: Mark, marks: readonly Mark[]): boolean {
  return marks.some((mark) =>
    stretches.every(([line, start, end]) =>
      mark.stretches.some((other) => other[0] === line && other[1] <= start && end <= other[2]),
    ),
  );
}

function inOrder({ stretches: [a] }: Mark, { stretches: [b] }: Mark): number {
  return (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0) || (b?.[2] ?? 0) - (a?.[2] ?? 0);
}

function textOf(stretches: readonly Stretch[], lines: readonly string[]): string {
  return stretches.map(([line, start, end]) => lines[line - 1]?.slice(start, end)).join("⏎");
}

/** The count of each line by its statements, as text; "" where none begins. */
function hitsOf(file: FileCoverageData, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const own = Object.entries(file.statementMap).filter(([, { start }]) => start.line === index + 1);
    return own.length === 0 ? "" : String(Math.max(...own.map(([key]) => file.s[key] ?? 0)));
  });
}
