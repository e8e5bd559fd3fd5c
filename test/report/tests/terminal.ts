import type { TestReporterContext } from "../../../src/types.js";

/** A terminal that remembers what it was sent, and knows as much of its language as is spoken to it. */
export interface Terminal extends Pick<TestReporterContext, "write" | "writeError" | "terminal"> {
  /** Everything that was sent. */
  sent(): string;
  /** What a person sees, its colours left out. */
  seen(): string;
}

export function createTerminal(): Terminal {
  const chunks: Buffer[] = [];
  const write: TestReporterContext["write"] = (chunk) => chunks.push(Buffer.from(chunk));
  const sent = () => Buffer.concat(chunks).toString();
  return { write, writeError: write, terminal: { columns: 80 }, sent, seen: () => display(sent()) };
}

interface Display {
  readonly lines: string[];
  row: number;
  column: number;
  saved: readonly [row: number, column: number];
}

/** The lines that a terminal shows. */
function display(sent: string): string {
  const shown: Display = { lines: [""], row: 0, column: 0, saved: [0, 0] };
  for (const [token] of sent.replaceAll("\u001b", "␛").matchAll(/␛\[[\d;]*[A-Za-z]|␛[78]|./gsu)) {
    obey(shown, token);
    shown.lines[shown.row] ??= "";
  }
  return shown.lines.join("\n");
}

/** A line feed also returns the carriage, as a terminal driver has it. */
function obey(shown: Display, token: string): void {
  const { lines, row, column } = shown;
  const line = lines[row] ?? "";
  switch (token) {
    case "\n":
      shown.row++;
      shown.column = 0;
      break;
    case "␛7":
      shown.saved = [row, column];
      break;
    case "␛8":
      [shown.row, shown.column] = shown.saved;
      break;
    case "␛[1G":
      shown.column = 0;
      break;
    case "␛[0K":
      lines[row] = line.slice(0, column);
      break;
    case "␛[2K":
      lines[row] = "";
      break;
    default:
      if (/^␛\[[\d;]*m$/.test(token)) return;
      if (token.startsWith("␛")) throw new Error(`an unknown sequence: ${token}`);
      lines[row] = line.slice(0, column).padEnd(column) + token + line.slice(column + token.length);
      shown.column += token.length;
  }
}
