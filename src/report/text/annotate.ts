import istanbul from "istanbul-lib-coverage";
import type { Colors } from "picocolors/types.js";
import { figuresOf } from "../../coverage/figures.js";
import { printable, visible } from "../../files/visible.js";
import type { Figure, FileCoverageData, Profile } from "../../types.js";
import { luaText } from "../misses/luaText.js";
import { quoted } from "../misses/miss.js";
import { findMisses } from "../misses/misses.js";
import { sourceText } from "../misses/sourceText.js";
import { shownTimes } from "./lineTimes.js";

/**
 * A source with how often each line ran before it, `!` at lines that did not, and `?` at those of which something never
 * happened, in words below. With a profile there is the time in each line as well, and its share of the whole.
 */
export function annotated(
  file: FileCoverageData,
  source: Uint8Array,
  name: string,
  colors: Colors,
  profile: Profile | null = null,
): readonly string[] {
  const { lines, branches, functions } = figuresOf(file);
  const covered = [part(lines, "lines"), part(branches, "branches"), part(functions, "functions")].join(", ");
  const hits = istanbul.createFileCoverage(file).getLineCoverage();
  const words = wordsByLine(file, source, hits);
  const texts = textLines(source);
  const times = shownTimes(profile, file.path, colors);
  const widths = {
    line: String(texts.length).length,
    hits: Math.max(...Object.values(hits).map((count) => String(count).length), 1),
    time: times.width,
  };
  const rows = texts.flatMap((text, index) => {
    const line = index + 1;
    const time = times.cells.get(line);
    return row({ line, text, hits: hits[line], time, words: words.get(line) ?? [], widths }, colors);
  });
  return [`${colors.bold(name)}: ${covered}${times.summary}`, "", ...rows];
}

function part({ covered, total }: Figure, noun: string): string {
  return `${covered} of ${total} ${noun}`;
}

interface AnnotatedLine {
  readonly line: number;
  readonly text: string;
  /** Undefined where there is nothing to run. */
  readonly hits: number | undefined;
  /** Undefined where it took none. */
  readonly time: string | undefined;
  readonly words: readonly string[];
  readonly widths: { readonly line: number; readonly hits: number; readonly time: number };
}

function row({ line, text, hits, time, words, widths }: AnnotatedLine, colors: Colors): string[] {
  const isMissed = hits === 0;
  const mark = isMissed ? "!" : words.length > 0 ? "?" : " ";
  const count = (hits === undefined ? "" : String(hits)).padStart(widths.hits);
  const start = `${mark} ${String(line).padStart(widths.line)} ${count}`;
  const margin = `${start}${time ?? " ".repeat(widths.time)} |`;
  const blank = `${" ".repeat(start.length + widths.time + 1)}|`;
  const paint = isMissed ? colors.red : words.length > 0 ? colors.yellow : plain;
  const indent = /^\s*/.exec(text)?.[0] ?? "";
  return [paint(`${margin} ${text}`.trimEnd()), ...words.map((word) => paint(`${blank} ${indent}^ ${word}`))];
}

const plain = (text: string) => text;

/** Of a statement there are words only where others of its line ran: else the line says it. */
function wordsByLine(
  file: FileCoverageData,
  source: Uint8Array,
  hits: Readonly<Record<number, number>>,
): ReadonlyMap<number, readonly string[]> {
  const text = sourceText(Buffer.from(source).toString("utf8"));
  const byLine = new Map<number, string[]>();
  for (const miss of findMisses({ file, text, lua: luaText(text) })) {
    const { kind, line, words } = miss;
    if (kind === "statement" && hits[line] === 0) continue;
    const named = kind === "statement" ? `${quoted(miss, text) ?? "a statement"} ${words}` : words;
    byLine.set(line, [...(byLine.get(line) ?? []), visible(named)]);
  }
  return byLine;
}

/** Lines end where Istanbul ends them; what a terminal would obey is shown. */
function textLines(source: Uint8Array): string[] {
  const lines = Buffer.from(source)
    .toString("utf8")
    .split(/\r\n|\r|\n/)
    .map(printable);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
