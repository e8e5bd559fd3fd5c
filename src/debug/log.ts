/** Files in which a debugger says what was done. */

import { appendFileSync, writeFileSync } from "node:fs";
import { notWritable } from "../errors/outputs.js";
import { pathOf } from "../files/names.js";

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

/** What was changed in programs. */
export interface ChangeLog {
  /** Notes Lua that may have changed something. */
  note(place: string, lua: string): void;
  /** Notes what may do so each time that a program comes to a place, where that is new. */
  noteOnce(place: string, lua: string): void;
  close(): void;
}

/** A log of changes alone. Throws NOT_WRITABLE. */
export function openChangeLog(file: string): ChangeLog {
  const write = openLog(file);
  const noted = new Set<string>();
  const add = (line: string) => {
    write(noted.size === 0 ? `${changesTitle}\n${line}\n` : `${line}\n`);
    noted.add(line);
  };
  return {
    note: (place, lua) => add(changeText(place, lua)),
    noteOnce: (place, lua) => {
      const line = changeText(place, lua);
      if (!noted.has(line)) add(line);
    },
    close: () => {
      if (noted.size === 0) write(`${noChanges}\n`);
    },
  };
}

export const changesTitle = "Changed in the program:";
export const noChanges = "Nothing was changed in the program";

export function changeText(place: string, lua: string): string {
  return `! ${place}: ${lua}`;
}
