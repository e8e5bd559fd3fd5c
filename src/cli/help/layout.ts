/** What is typed, and what it does. */
export type Row = readonly [name: string, help: string];

/** The columns that help uses of a terminal. */
export function widthFor(columns: number): number {
  return Math.min(Math.max(columns, 60), 100);
}

/** A title with rows below it. A name that is wider than its column has a line of its own. */
export function section(title: string, rows: readonly Row[], column: number, width: number): string {
  const indent = " ".repeat(column + 2);
  const lines = rows.map(([name, help]) => {
    if (help === "") return `  ${name}\n`;
    const text = wrapped(help, width, indent);
    const isWide = name.length >= column;
    return isWide ? `  ${name}\n${text}` : `  ${name.padEnd(column)}${text.slice(indent.length)}`;
  });
  return `${title}\n${lines.join("")}`;
}

/** Lines of whole words, each behind an indent. */
export function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${indent}${each}\n`).join("");
}
