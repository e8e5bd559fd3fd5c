import { html } from "./escape.js";
import type { Colored } from "./luaText.js";
import type { Miss } from "./misses.js";
import type { PageText } from "./pageText.js";

/** What is shown of a source. */
export interface Code {
  readonly text: PageText;
  readonly colored: readonly Colored[];
  /** In the order of the text. A mark has the indexes of those that it is of. */
  readonly misses: readonly Miss[];
  /** How often each line ran, by its number. */
  readonly hits: Readonly<Record<number, number>>;
}

/** The rows of a table: number, hits, and the text of each line, with what never happened there in words below it. */
export function codeRows(code: Code): string {
  const { starts, text } = code.text;
  const painter = createPainter(code);
  const rows: string[] = [];
  for (let line = 1; line < starts.length; line++) {
    const start = starts[line - 1] ?? 0;
    const end = withoutLineEnd(text, start, starts[line] ?? text.length);
    const painted = painter.paint(start, end);
    const notes = painter.begun.map((index) => note(code.misses[index], index)).join("");
    const hits = code.hits[line];
    rows.push(
      `<tr id=L${line}${rowClass(hits, painter.begun, code.misses)}><td><a href=#L${line}>${line}</a>${hitsCell(hits)}<td><code>${painted}</code>${notes}\n`,
    );
  }
  return rows.join("");
}

/** `n`: never ran; `p`: ran, but something there never happened; `y`: ran. */
function rowClass(hits: number | undefined, begun: readonly number[], misses: readonly Miss[]): string {
  if (hits === 0) return " class=n";
  const isPartial = begun.length > 0;
  if (isPartial) return begun.every((index) => misses[index]?.kind === "statement") ? " class=n" : " class=p";
  return hits === undefined ? "" : " class=y";
}

const most = 99_999;

function hitsCell(hits: number | undefined): string {
  if (hits === undefined) return "<td>";
  if (hits <= most) return `<td>${hits}`;
  return `<td title="${hits}">${new Intl.NumberFormat("en", { notation: "compact" }).format(hits)}`;
}

/** That a statement never ran, its colour says. */
function note(miss: Miss | undefined, index: number): string {
  if (miss === undefined || miss.kind === "statement") return "";
  return `<p data-m=${index}>${html(miss.words)}`;
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
  let active: number[] = [];
  let begun: number[] = [];

  /** Updates what is marked at a place, and says up to where that stays so. */
  function enter(at: number): number {
    active = active.filter((index) => endOf(misses[index]) > at);
    for (let miss = misses[nextMiss]; miss !== undefined && miss.start <= at; miss = misses[nextMiss]) {
      if (endOf(miss) > at) active.push(nextMiss);
      begun.push(nextMiss++);
    }
    const ends = active.map((index) => endOf(misses[index]));
    return Math.min(misses[nextMiss]?.start ?? Number.POSITIVE_INFINITY, ...ends);
  }

  function paintColors(start: number, end: number): string {
    let painted = "";
    for (let at = start; at < end; ) {
      let next = colored[nextColor];
      while (next !== undefined && next.end <= at) next = colored[++nextColor];
      const from = Math.min(next?.start ?? end, end);
      if (from > at) painted += html(text.slice(at, from));
      at = Math.max(at, from);
      if (next === undefined || at >= end) continue;
      const to = Math.min(next.end, end);
      painted += `<span class=${next.color}>${html(text.slice(at, to))}</span>`;
      at = to;
    }
    return painted;
  }

  return {
    paint: (start, end) => {
      begun = [];
      const first = firstBlack(text, start, end);
      const last = lastBlack(text, first, end);
      let painted = html(text.slice(start, first));
      for (let at = first; at < last; ) {
        const to = Math.min(enter(at), last);
        const inner = paintColors(at, to);
        painted += active.length === 0 ? inner : marked(active, misses, inner);
        at = to;
      }
      enter(Math.max(first, last - 1));
      return painted + html(text.slice(last, end));
    },
    get begun() {
      return begun;
    },
  };
}

function marked(active: readonly number[], misses: readonly Miss[], inner: string): string {
  const kinds = new Set(active.map((index) => misses[index]?.kind.slice(0, 1)));
  const words = misses[active.at(-1) ?? 0]?.words ?? "";
  return `<mark class="${[...kinds].join(" ")}" data-m="${active.join(" ")}" title="${html(words)}">${inner}</mark>`;
}

/** What has no length, as in a text that is no longer what was measured, is shown by a character. */
function endOf(miss: Miss | undefined): number {
  return miss === undefined ? 0 : Math.max(miss.end, miss.start + 1);
}

const isBlank = (text: string, at: number) => /\s/.test(text[at] ?? "");

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
