import path from "node:path";
import { notWritable } from "../../errors/outputs.js";
import { currentFolder } from "../../files/files.js";
import { visibleName } from "../../files/visible.js";
import type { Fence } from "../../output/place.js";
import { appendShared } from "../../output/whole.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** What GitHub Actions shows beside a line, or beside the job without a place. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
  readonly place: { readonly file: string; readonly line: number; readonly endLine?: number } | null;
}

/** A line of output that GitHub Actions takes for an annotation. */
export function annotationText({ level, title, message, place }: Annotation): string {
  const { file, line, endLine } = place ?? {};
  const properties = { file, line, endLine, title };
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`],
  );
  return `::${level} ${given.join(",")}::${escapedData(message)}\n`;
}

/** The path of a file in the repository; null for one outside. Of a repository that is checked out elsewhere paths would not be found. */
export function inRepository(file: string, environment: Environment): string | null {
  const root = environment.GITHUB_WORKSPACE || currentFolder();
  const relative = path.relative(root, path.resolve(currentFolder(), file));
  const isOutside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
  return isOutside ? null : visibleName(relative.split(path.sep).join("/"));
}

/** Adds Markdown to the summary of the step, where there is one. Throws NOT_WRITABLE. */
export function addToSummary(environment: Environment, text: () => string, fence: Fence): void {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    appendShared(path.resolve(file), text(), fence);
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
