import { appendFileSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import type { Colors } from "picocolors/types.js";
import { notWritable } from "../../errors/outputs.js";
import { pathOf } from "../../files/names.js";

/** Where a debugger writes: on the terminal, and into a log if there is one. */
export interface Screen {
  readonly colors: Colors;
  /** Lines, each to be ended. */
  show(...lines: readonly string[]): void;
  /** A line that the user has entered, behind its prompt, as the log has it. */
  entered(prompt: string, line: string): void;
  /** Notes in the log what has changed something in the program. */
  changed(place: string, lua: string): void;
  /** Lists in the log all that was changed. */
  close(): void;
}

/** The file of a log, emptied. Throws NOT_WRITABLE. */
export function openLog(file: string): (text: string) => void {
  try {
    writeFileSync(pathOf(file), "");
  } catch (cause) {
    throw notWritable(file, cause);
  }
  return (text) => {
    try {
      appendFileSync(pathOf(file), text);
    } catch (cause) {
      throw notWritable(file, cause);
    }
  };
}

/** `write` is for the terminal, `log` for the file, which has no colours. */
export function createScreen(
  write: (text: string) => void,
  log: ((text: string) => void) | null,
  colors: Colors,
): Screen {
  const changes: string[] = [];
  return {
    colors,
    show: (...lines) => {
      if (lines.length === 0) return;
      const text = `${lines.join("\n")}\n`;
      write(text);
      log?.(stripVTControlCharacters(text));
    },
    entered: (prompt, line) => log?.(`${prompt}${line}\n`),
    changed: (place, lua) => {
      changes.push(`${place}: ${lua}`);
      log?.("! this may have changed the program\n");
    },
    close: () => {
      const title = changes.length === 0 ? "Nothing was changed in the program" : "Changed in the program:";
      log?.(`\n${[title, ...changes.map((each) => `! ${each}`)].join("\n")}\n`);
    },
  };
}
