import type { Colored } from "../../source/colored.js";
import type { Miss } from "../misses/miss.js";
import type { SourceText } from "../misses/sourceText.js";
import { html, htmlText, isPlain } from "./escape.js";

/** What is shown of a source. */
export interface Code {
  readonly text: SourceText;
  readonly colored: readonly Colored[];
  /** In the order of the text. A mark has the indexes of those that it is of. */
  readonly misses: readonly Miss[];
  /** How often each line ran, by its number. */
  readonly hits: Readonly<Record<number, number>>;
  /** Which tests ran it, by their places in the page's list; null where that is not known. */
  readonly tests?: ReadonlyMap<number, readonly number[]> | null;
}

export interface CodeRows {
  readonly rows: string;
  /** How many places are not covered, as the page goes from one to the next. */
  readonly places: number;
}

/** The rows of a table: number, hits, and the text of each line, with what never happened there in words below it. */
export function codeRows(code: Code): CodeRows {
  const { starts, text } = code.text;
  const painter = createPainter(code);
  const rows: string[] = [];
  const classes: RowClass[] = [];
  for (let line = 1; line < starts.length; line++) {
    const start = starts[line - 1] ?? 0;
    const end = withoutLineEnd(text, start, starts[line] ?? text.length);
    const painted = painter.paint(start, end);
    const notes = notesOf(painter.begun, code.misses);
    const hits = code.hits[line];
    const kind = rowClass(hits, painter.begun, code.misses);
    classes.push(kind);
    rows.push(
      `<tr id=L${line}${kind === "" ? "" : ` class=${kind}`}><td><a href=#L${line}>${line}</a>${hitsCell(hits, code.tests?.get(line) ?? [])}<td><code>${painted}</code>${notes}\n`,
    );
  }
  return { rows: rows.join(""), places: placesIn(classes) };
}

/** `n`: never ran; `p`: ran, but something there never happened; `y`: ran. */
type RowClass = "n" | "p" | "y" | "";

function rowClass(hits: number | undefined, begun: readonly number[], misses: readonly Miss[]): RowClass {
  if (hits === 0) return "n";
  const isPartial = begun.length > 0;
  if (isPartial) return begun.every((index) => misses[index]?.kind === "statement") ? "n" : "p";
  return hits === undefined ? "" : "y";
}

/** Lines that never ran are one place as long as no line between them did; every other line with a gap is one. */
function placesIn(classes: readonly RowClass[]): number {
  const marked = classes.filter((each) => each !== "");
  return marked.filter((each, index) => each === "p" || (each === "n" && marked[index - 1] !== "n")).length;
}

const most = 99_999;

function hitsCell(hits: number | undefined, tests: readonly number[]): string {
  if (hits === undefined) return "<td>";
  const own = tests.length === 0 ? "" : ` data-t="${tests.join(" ")}"`;
  if (hits <= most) return `<td${own}>${hits}`;
  const short = new Intl.NumberFormat("en", { notation: "compact" }).format(hits);
  return `<td${own} title="${hits}">${short}`;
}

/** What began on a line, in words. That a statement never ran, its colour says. */
function notesOf(begun: readonly number[], misses: readonly Miss[]): string {
  const notes = begun.map((index) => {
    const miss = misses[index];
    if (miss === undefined || miss.kind === "statement") return "";
    return `<p class=${letterOf(miss)} data-m=${index}>${html(miss.words)}`;
  });
  const shown = notes.join("");
  return shown === "" ? "" : `<div>${shown}</div>`;
}

function withoutLineEnd(text: string, start: number, end: number): number {
  if (end > start && text[end - 1] === "\n")
    return text[end - 2] === "\r" && end - 1 > start ? end - 2 : end - 1;
  return end > start && text[end - 1] === "\r" ? end - 1 : end;
}

interface Painter {
  /** The markup of a part of the text behind the one before. */
  paint(start: number, end: number): string;
  /** The misses that begin in the part that was painted last. */
  readonly begun: readonly number[];
}

/** Goes through the text once: a source may be one line of megabytes. */
function createPainter({ text: { text }, colored, misses }: Code): Painter {
  let nextColor = 0;
  let nextMiss = 0;
  let active: readonly number[] = [];
  let begun: number[] = [];
  let asHtml = htmlText;

  /** Updates what is marked at a place, and says up to where that stays so. */
  function enter(at: number): number {
    if (active.length > 0) active = active.filter((index) => endOf(misses[index]) > at);
    for (let miss = misses[nextMiss]; miss !== undefined && miss.start <= at; miss = misses[nextMiss]) {
      if (endOf(miss) > at) active = [...active, nextMiss];
      begun.push(nextMiss++);
    }
    let until = misses[nextMiss]?.start ?? Number.POSITIVE_INFINITY;
    for (const index of active) until = Math.min(until, endOf(misses[index]));
    return until;
  }

  function paintColors(start: number, end: number): string {
    let painted = "";
    for (let at = start; at < end; ) {
      let next = colored[nextColor];
      while (next !== undefined && next.end <= at) next = colored[++nextColor];
      const from = Math.min(next?.start ?? end, end);
      if (from > at) painted += asHtml(text.slice(at, from));
      at = Math.max(at, from);
      if (next === undefined || at >= end) continue;
      const to = Math.min(next.end, end);
      painted += `<span class=${next.color}>${asHtml(text.slice(at, to))}</span>`;
      at = to;
    }
    return painted;
  }

  return {
    paint: (start, end) => {
      begun = [];
      if (start === end) return "";
      // Most lines are their own HTML: there are millions of parts.
      asHtml = isPlain(text.slice(start, end)) ? unchanged : htmlText;
      const first = firstBlack(text, start, end);
      const last = lastBlack(text, first, end);
      let painted = asHtml(text.slice(start, first));
      for (let at = first; at < last; ) {
        const to = Math.min(enter(at), last);
        const inner = paintColors(at, to);
        painted += active.length === 0 ? inner : marked(active, misses, inner);
        at = to;
      }
      return painted + asHtml(text.slice(last, end));
    },
    get begun() {
      return begun;
    },
  };
}

const unchanged = (text: string) => text;

function marked(active: readonly number[], misses: readonly Miss[], inner: string): string {
  const innermost = misses[active.at(-1) ?? 0];
  const kinds = active.length === 1 ? letterOf(innermost) : lettersOf(active, misses);
  return `<mark class="${kinds}" data-m="${active.join(" ")}" title="${html(innermost?.words ?? "")}">${inner}</mark>`;
}

function lettersOf(active: readonly number[], misses: readonly Miss[]): string {
  return [...new Set(active.map((index) => letterOf(misses[index])))].join(" ");
}

/** `s`tatement, `f`unction, `b`ranch, `o`perand. */
function letterOf(miss: Miss | undefined): string {
  return miss?.kind.charAt(0) ?? "";
}

function endOf(miss: Miss | undefined): number {
  return miss?.end ?? 0;
}

/** Spaces, tabs and what else ASCII has in their place. */
function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function firstBlack(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text, at)) at++;
  return at;
}

function lastBlack(text: string, first: number, end: number): number {
  let at = end;
  while (at > first && isBlank(text, at - 1)) at--;
  return at;
}
