import path from "node:path";
import { isFile, readContent } from "../../files/files.js";
import { visible, visibleName } from "../../files/visible.js";
import { findPartials } from "../partials.js";
import type { OwnReport } from "./ownReporters.js";
import { writeText } from "./writeText.js";

/** The branches that went some ways but not all, in words. */
export function writePartials({ config, coverage, options, writer }: OwnReport): void {
  const files = Object.values(coverage).map((file) => {
    const rows = findPartials(file, readSource(file.path)).map(
      ({ line, text }) => `  ${line}: ${visible(text)}\n`,
    );
    return rows.length === 0 ? "" : `${visibleName(path.relative(config.cwd, file.path))}\n${rows.join("")}`;
  });
  writeText(writer, options, null, files.join("") || "Every branch that was reached went all of its ways.\n");
}

/** A source that is gone has no texts to quote. */
function readSource(file: string): Uint8Array {
  return isFile(file) ? readContent(file) : new Uint8Array();
}
