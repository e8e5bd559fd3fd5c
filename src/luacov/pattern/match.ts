import type { Item, LuaPattern, Test } from "./parse.js";

/** What a pattern first matches in a text, as string.match without captures; null for nothing. */
export function findMatch({ isAnchored, items }: LuaPattern, text: string): string | null {
  const last = isAnchored ? 0 : text.length;
  for (let start = 0; start <= last; start++) {
    const end = matchFrom({ items, text, captures: [] }, 0, start);
    if (end !== -1) return text.slice(start, end);
  }
  return null;
}

interface Capture {
  readonly start: number;
  /** Of a capture that is still open, null; of one of a position, the start. */
  end: number | null;
}

interface Matching {
  readonly items: readonly Item[];
  readonly text: string;
  readonly captures: Capture[];
}

/** Where a match of the items from an index on ends that begins at a place; -1 for none. */
function matchFrom(matching: Matching, index: number, at: number): number {
  const { items, text, captures } = matching;
  const item = items[index];
  if (item === undefined) return at;
  switch (item.kind) {
    case "one":
      return matchOne(matching, index, at, item.test, item.repeat);
    case "end":
      return at === text.length ? matchFrom(matching, index + 1, at) : -1;
    case "frontier":
      return isFrontier(item.test, text, at) ? matchFrom(matching, index + 1, at) : -1;
    case "balance":
      return goOn(matching, index, balanceEnd(text, at, item.first, item.last));
    case "same":
      return goOn(matching, index, sameEnd(captures[item.index], text, at));
    default:
      return matchCapture(matching, index, at, item.kind);
  }
}

function goOn(matching: Matching, index: number, at: number): number {
  return at === -1 ? -1 : matchFrom(matching, index + 1, at);
}

function matchCapture(matching: Matching, index: number, at: number, kind: string): number {
  const { captures } = matching;
  if (kind !== "close") {
    captures.push({ start: at, end: kind === "position" ? at : null });
    const end = matchFrom(matching, index + 1, at);
    if (end === -1) captures.pop();
    return end;
  }
  const last = captures.findLast((each) => each.end === null);
  if (last === undefined) return -1;
  last.end = at;
  const end = matchFrom(matching, index + 1, at);
  if (end === -1) last.end = null;
  return end;
}

function matchOne(matching: Matching, index: number, at: number, test: Test, repeat: string): number {
  const { text } = matching;
  const fits = (place: number) => place < text.length && test(text.charCodeAt(place));
  if (repeat === "") return fits(at) ? matchFrom(matching, index + 1, at + 1) : -1;
  if (repeat === "-") return shortest(matching, index, at, fits);
  const least = repeat === "+" ? 1 : 0;
  let most = at;
  while ((repeat !== "?" || most === at) && fits(most)) most++;
  for (let end = most; end >= at + least; end--) {
    const found = matchFrom(matching, index + 1, end);
    if (found !== -1) return found;
  }
  return -1;
}

function shortest(matching: Matching, index: number, at: number, fits: Test): number {
  for (let end = at; ; end++) {
    const found = matchFrom(matching, index + 1, end);
    if (found !== -1) return found;
    if (!fits(end)) return -1;
  }
}

/** Outside of the text there are zeros. */
function isFrontier(test: Test, text: string, at: number): boolean {
  const code = (place: number) => text.charCodeAt(place) || 0;
  return !test(code(at - 1)) && test(code(at));
}

function balanceEnd(text: string, at: number, first: number, last: number): number {
  if (text.charCodeAt(at) !== first) return -1;
  let depth = 1;
  for (let place = at + 1; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code === last) {
      if (--depth === 0) return place + 1;
    } else if (code === first) depth++;
  }
  return -1;
}

function sameEnd(capture: Capture | undefined, text: string, at: number): number {
  const same = capture === undefined ? "" : text.slice(capture.start, capture.end ?? capture.start);
  return text.startsWith(same, at) ? at + same.length : -1;
}
