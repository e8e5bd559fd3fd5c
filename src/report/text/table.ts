import { endOf, padEnd, widthOf } from "./width.js";

export type Color = "low" | "medium" | "high" | null;

export interface Cell {
  readonly text: string;
  readonly color: Color;
}

/** A row of a table: a name, figures, and a list of items. */
export interface Row {
  readonly name: Cell;
  readonly figures: readonly Cell[];
  readonly items: readonly string[];
  readonly itemsColor: Color;
}

export interface TableOptions {
  /** What stands over the figures, at the same time their width. */
  readonly titles: readonly string[];
  readonly lastTitle: string;
  /** As wide as the table may be; 0 for as wide as it likes. */
  readonly maxCols: number;
  colorize(text: string, color: NonNullable<Color>): string;
}

const delimiter = " | ";

/** The lines of a table in Istanbul's form. Items that have no room are left out from the end on. */
export function tableOf(rows: readonly Row[], options: TableOptions): string[] {
  const { titles, lastTitle, colorize } = options;
  const widths = widthsOf(rows, options);
  const rule = "-".repeat(widths.name) + titles.map(({ length }) => `-|${"-".repeat(length + 1)}`).join("");
  const line = `${rule}-|${"-".repeat(widths.items + 2)}`;
  const header = [padEnd("File", widths.name), ...titles, padEnd(lastTitle, widths.items)].join(delimiter);
  const body = rows.map((row) => {
    const cells: Cell[] = [
      { ...row.name, text: nameIn(row.name.text, widths.name) },
      ...row.figures.map((cell, index) => ({
        ...cell,
        text: cell.text.padStart(titles[index]?.length ?? 0),
      })),
      { text: padEnd(fitting(row.items, widths.items), widths.items), color: row.itemsColor },
    ];
    const texts = cells.map(({ text, color }) => (color === null ? text : colorize(text, color)));
    return `${texts.join(delimiter)} `;
  });
  return [line, `${header} `, line, ...body, line];
}

/** Names give way before the title of the last column does. */
function widthsOf(
  rows: readonly Row[],
  { titles, lastTitle, maxCols }: TableOptions,
): { readonly name: number; readonly items: number } {
  const name = Math.max("File".length, ...rows.map((row) => widthOf(row.name.text)));
  const items = Math.max(lastTitle.length, ...rows.map((row) => row.items.join(",").length));
  if (maxCols <= 0) return { name, items };
  const figures = titles.reduce((sum, { length }) => sum + length + delimiter.length, delimiter.length + 1);
  const room = maxCols - figures;
  const narrow = Math.min(name, Math.max("File".length + 4, room - lastTitle.length));
  return { name: narrow, items: Math.min(items, Math.max(lastTitle.length, room - narrow)) };
}

/** The end of a name says most of it. */
function nameIn(name: string, width: number): string {
  return widthOf(name) <= width ? padEnd(name, width) : padEnd(`…${endOf(name, width - 1)}`, width);
}

function fitting(items: readonly string[], width: number): string {
  const all = items.join(",");
  if (all.length <= width) return all;
  let text = "";
  for (const item of items) {
    const longer = `${text}${item},`;
    if (longer.length + 1 > width) break;
    text = longer;
  }
  return `${text}…`;
}
