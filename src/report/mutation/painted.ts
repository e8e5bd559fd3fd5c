import type { Colored } from "../../source/colored.js";
import { htmlText } from "../html/escape.js";
import type { SourceText } from "../misses/sourceText.js";

/** The lines of a text as markup, with its words in their colours. */
export function paintedLines({ text, starts }: SourceText, colored: readonly Colored[]): string[] {
  let next = 0;
  const paint = (start: number, end: number): string => {
    let painted = "";
    for (let at = start; at < end; ) {
      let color = colored[next];
      while (color !== undefined && color.end <= at) color = colored[++next];
      const from = Math.min(color?.start ?? end, end);
      painted += htmlText(text.slice(at, Math.max(at, from)));
      at = Math.max(at, from);
      if (color === undefined || at >= end) continue;
      const to = Math.min(color.end, end);
      painted += `<span class=${color.color}>${htmlText(text.slice(at, to))}</span>`;
      at = to;
    }
    return painted;
  };
  return starts.slice(0, -1).map((start, index) => {
    const whole = text.slice(start, starts[index + 1]);
    return paint(start, start + whole.replace(/\r?\n$|\r$/, "").length);
  });
}
