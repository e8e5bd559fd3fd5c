/** LuaCov's report, `luacov.report.out`, as its default reporter writes it: others read this form. */

/** A source with the hits of each of its lines, null for one that cannot run. */
export interface ReportedFile {
  readonly name: Uint8Array;
  readonly source: Uint8Array;
  readonly hits: readonly (number | null)[];
}

/** The report of files, sorted by the bytes of their names. `greatest` is the greatest count that the columns have room for. */
export function formatReport(files: readonly ReportedFile[], greatest: number): Buffer {
  const sorted = files.toSorted((a, b) => Buffer.compare(a.name, b.name));
  const width = String(greatest).length;
  const parts = sorted.flatMap((file) => [...heading(file.name), ...linesOf(file, width), newline]);
  return Buffer.concat([...parts, ...heading(Buffer.from("Summary")), newline, ...table(sorted)]);
}

const newline = Buffer.from("\n");

function heading(title: Uint8Array): Uint8Array[] {
  const rule = Buffer.from("=".repeat(78));
  return [rule, newline, title, newline, rule, newline];
}

function linesOf({ source, hits }: ReportedFile, width: number): Uint8Array[] {
  return splitLines(source).flatMap((line, index) => {
    const count = hits[index] ?? null;
    if (count === null && line.length === 0) return [newline];
    return [Buffer.from(`${margin(count, width)} `), line, newline];
  });
}

function margin(count: number | null, width: number): string {
  if (count === null) return " ".repeat(width + 1);
  return count === 0 ? `${"*".repeat(width)}0` : String(count).padStart(width + 1);
}

/** As Lua reads lines: what has no end of line is one, too, and nothing is none. */
export function splitLines(source: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < source.length; ) {
    const end = source.indexOf(0x0a, start);
    const next = end === -1 ? source.length : end;
    lines.push(source.subarray(start, next));
    start = next + 1;
  }
  return lines;
}

type Row = readonly [file: Uint8Array, hits: string, missed: string, coverage: string];

/** Columns are as wide as their widest cell, in bytes; behind the last one there is nothing. */
function table(files: readonly ReportedFile[]): Uint8Array[] {
  const counts = files.map((file) => ({ name: file.name, ...countsOf(file) }));
  const total = counts.reduce(
    (sum, { hit, missed }) => ({ hit: sum.hit + hit, missed: sum.missed + missed }),
    {
      hit: 0,
      missed: 0,
    },
  );
  const header: Row = [Buffer.from("File"), "Hits", "Missed", "Coverage"];
  const body = counts.map(({ name, hit, missed }) => rowOf(name, hit, missed));
  const last = rowOf(Buffer.from("Total"), total.hit, total.missed);
  const all = [header, ...body, last];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const rule = Buffer.from(`${"-".repeat(widths.reduce((sum, width) => sum + width, widths.length - 1))}\n`);
  const shown = all.map((row) => shownRow(row, widths));
  const [first = newline] = shown;
  return [first, rule, ...shown.slice(1, -1), ...(body.length > 0 ? [rule] : []), ...shown.slice(-1)];
}

function countsOf({ source, hits }: ReportedFile): { hit: number; missed: number } {
  const counted = hits.slice(0, splitLines(source).length).filter((count) => count !== null);
  const hit = counted.filter((count) => count > 0).length;
  return { hit, missed: counted.length - hit };
}

function rowOf(name: Uint8Array, hit: number, missed: number): Row {
  const total = hit + missed === 0 ? 1 : hit + missed;
  return [name, String(hit), String(missed), `${rounded((hit / total) * 100)}%`];
}

/** As C rounds: JavaScript has half of a hundredth rounded up, C to the even one. */
function rounded(percentage: number): string {
  const eighths = percentage * 8;
  const isTie = Number.isInteger(eighths) && (eighths % 8 === 1 || eighths % 8 === 5);
  return (isTie ? percentage - 0.001 : percentage).toFixed(2);
}

function shownRow(row: Row, widths: readonly number[]): Buffer {
  const cells = row.flatMap((cell, column) => {
    const isLast = column === row.length - 1;
    return [
      Buffer.from(cell),
      Buffer.from(isLast ? "\n" : " ".repeat((widths[column] ?? 0) - cell.length + 1)),
    ];
  });
  return Buffer.concat(cells);
}
