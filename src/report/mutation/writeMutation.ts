import { readFileSync } from "node:fs";
import path from "node:path";
import { colorsOf } from "../../colors.js";
import { notWritable } from "../../errors/outputs.js";
import { LuacovError } from "../../errors.js";
import type { Config, MutationResult } from "../../types.js";
import { placeFile } from "../placeFile.js";
import { mutationPages } from "./pages.js";
import { type StrykerReport, strykerReport } from "./strykerReport.js";
import { mutationText } from "./textReport.js";

/** What is below the folder of all reports. */
const folder = "mutation";

/** Writes what mutants have come to, as the configuration says: files below `reportDir`, the text to standard output. Throws NOT_WRITABLE. */
export function writeMutation(
  config: Pick<Config, "cwd" | "reportDir" | "mutationReporter" | "watermarks">,
  result: MutationResult,
): void {
  const { reportDir, mutationReporter, watermarks } = config;
  const into = path.join(reportDir, folder);
  try {
    if (mutationReporter.includes("json"))
      placeFile(
        into,
        "mutation.json",
        Buffer.from(`${JSON.stringify(mutationReport(config, result))}\n`),
        null,
      );
    if (mutationReporter.includes("html")) mutationPages(into, result, watermarks);
  } catch (cause) {
    throw cause instanceof LuacovError ? cause : notWritable(into, cause);
  }
  if (!mutationReporter.includes("text")) return;
  process.stdout.write(mutationText(result, { colors: colorsOf(process.stdout), watermarks }));
}

/** The same as Stryker's schema describes it. */
export function mutationReport(
  config: Pick<Config, "cwd" | "watermarks">,
  result: MutationResult,
): StrykerReport {
  return strykerReport(result, config, ownVersion());
}

function ownVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
