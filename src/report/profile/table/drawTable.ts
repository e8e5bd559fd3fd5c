import type { Formatter } from "picocolors/types.js";
import { padEnd, widthOf } from "../../text/width.js";

/** A column whose cells and title have one width. */
export interface Figures {
  readonly title: string;
  readonly cells: readonly string[];
}

/** What is unknown is a dash. */
export function figuresColumn(title: string, cells: readonly (string | null)[]): Figures {
  const width = Math.max(title.length, ...cells.map((each) => each?.length ?? 1));
  return { title: title.padStart(width), cells: cells.map((each) => (each ?? "-").padStart(width)) };
}

/** Figures, then a column of texts of any widths, each row in its colour. */
export function drawTable(
  figures: readonly Figures[],
  { title, cells: texts }: Figures,
  paints: readonly Formatter[],
): string[] {
  const last = Math.max(...[title, ...texts].map(widthOf));
  const rule = [...figures.map((each) => "-".repeat(each.title.length)), "-".repeat(last + 1)].join("-|-");
  const header = [...figures.map((each) => each.title), padEnd(title, last)].join(delimiter);
  const body = paints.map((paint, index) => {
    const row = [...figures.map(({ cells }) => cells[index] ?? ""), padEnd(texts[index] ?? "", last)];
    return `${row.map(paint).join(delimiter)} `;
  });
  return [rule, `${header} `, rule, ...body, rule];
}

/** With what is between them and the texts. */
export function widthOfAll(figures: readonly Figures[]): number {
  return figures.reduce((sum, { title }) => sum + title.length + delimiter.length, 0);
}

const delimiter = " | ";
