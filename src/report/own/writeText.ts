import type { ReportWriter } from "../reportWriter.js";

type Options = Readonly<Record<string, unknown>>;

/** Writes a report to the file that its option `file` names, else to `file`; null and "-" are standard output. */
export function writeText(writer: ReportWriter, options: Options, file: string | null, text: string): void {
  const content = writer.writeFile(typeof options.file === "string" ? options.file : file);
  content.println(text.replace(/\n$/, ""));
  content.close();
}
