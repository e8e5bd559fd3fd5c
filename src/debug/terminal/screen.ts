import { stripVTControlCharacters } from "node:util";
import type { Colors } from "picocolors/types.js";
import { changesTitle, changeText, noChanges } from "../log.js";

/** Where a debugger writes: on the terminal, and into a log if there is one. */
export interface Screen {
  readonly colors: Colors;
  /** Lines, each to be ended. */
  show(...lines: readonly string[]): void;
  /** A line that the user has entered, behind its prompt, as the log has it. */
  entered(prompt: string, line: string): void;
  /** Notes in the log what has changed something in the program. */
  changed(place: string, lua: string): void;
  /** Notes in the log what changes something each time that a program comes to a place. */
  changes(place: string, lua: string): void;
  /** Lists in the log all that was changed. */
  close(): void;
}

/** `write` is for the terminal, `log` for the file, which has no colours. */
export function createScreen(
  write: (text: string) => void,
  log: ((text: string) => void) | null,
  colors: Colors,
): Screen {
  const all: string[] = [];
  const note = (sentence: string) => (place: string, lua: string) => {
    all.push(changeText(place, lua));
    log?.(`! ${sentence}\n`);
  };
  return {
    colors,
    show: (...lines) => {
      if (lines.length === 0) return;
      const text = `${lines.join("\n")}\n`;
      write(text);
      log?.(stripVTControlCharacters(text));
    },
    entered: (prompt, line) => log?.(`${prompt}${line}\n`),
    changed: note("this may have changed the program"),
    changes: note("this may change the program each time"),
    close: () => log?.(`\n${[all.length === 0 ? noChanges : changesTitle, ...all].join("\n")}\n`),
  };
}
