import type { Accesses } from "../../types.js";
import { untilZero, type WorkingDirectory } from "./primitives/directory.js";
import { type Primitive, type Primitives, textOf } from "./primitives/value.js";

/** What a program asks of the system, as it does. What it writes before it has looked at it depends on nobody else. */
export interface AccessNotes {
  /** A file that it looks for to run it: whether it did, somebody else knows. */
  look(file: string): void;
  /** The same primitives, of which each tells what it is asked. */
  around(primitives: Primitives): Primitives;
  /** `ran` are the files that it looked for and ran, by the paths by which it looked for them. */
  accesses(ran: (file: string) => boolean): Accesses;
}

type Deed = "opened" | "asked" | "written" | "removed";

/** What primitives do to the paths that they are given, in the order of their arguments. */
const deeds: Readonly<Record<string, readonly (Deed | null)[]>> = {
  stat: ["asked"],
  lstat: ["asked"],
  readlink: ["opened"],
  list: ["opened"],
  utimes: ["opened"],
  remove: ["removed"],
  unlink: ["removed"],
  rmdir: ["removed"],
  rename: ["removed", "written"],
  mkdir: ["written"],
  link: ["opened", "written"],
  symlink: [null, "written"],
};

const programs: readonly string[] = ["run", "openPipe"];

export function createAccessNotes(directory: WorkingDirectory): AccessNotes {
  const looks = { opened: new Set<string>(), asked: new Set<string>() };
  const first = new Map<string, "looked at" | "rewritten" | "written">();
  const [removed, looked, doubts] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const changed = new Set<string>();
  const noteLook = (file: string, how: "opened" | "asked") => {
    if (first.get(file) === "written") return;
    looks[how].add(file);
    if (!first.has(file)) first.set(file, "looked at");
  };
  const noteChange = (file: string, isRemoved: boolean) => {
    changed.add(file);
    const known = first.get(file);
    if (known === undefined) first.set(file, "written");
    else if (known === "looked at" && isRemoved) removed.add(file);
    else if (known === "looked at") first.set(file, "rewritten");
  };
  const note = (file: string, deed: Deed) => {
    if (deed === "opened" || deed === "asked") noteLook(file, deed);
    else noteChange(file, deed === "removed");
  };
  const pathOf = (bytes: Uint8Array) => directory.resolveText(textOf(untilZero(bytes)));
  const noteCall = (name: string, args: readonly unknown[]) => {
    if (programs.includes(name)) doubts.add("starts other programs");
    const [path, mode] = args;
    if (name === "open" && path instanceof Uint8Array) {
      note(pathOf(path), modeDeed(mode));
      if (isForWriting(mode)) changed.add(pathOf(path));
    }
    for (const [index, deed] of (deeds[name] ?? []).entries()) {
      const given = args[index];
      if (deed !== null && given instanceof Uint8Array) note(pathOf(given), deed);
    }
  };
  return {
    look: (file) => looked.add(file),
    around: (primitives) =>
      Object.fromEntries(
        Object.entries(primitives).map(([name, primitive]) => [
          name,
          noting(name, primitive, noteCall, note),
        ]),
      ),
    accesses: (ran) => {
      const found = [...looked].filter((file) => !ran(file) && !first.has(file));
      return {
        opened: [...looks.opened, ...found],
        asked: [...looks.asked],
        removed: [...removed],
        changed: [...changed],
        doubts: [...doubts],
      };
    },
  };

  function noting(name: string, primitive: Primitive, hear: typeof noteCall, made: typeof note): Primitive {
    return (...args) => {
      hear(name, args);
      const result = primitive(...args);
      if (name === "temporaryName" && result instanceof Uint8Array) made(pathOf(result), "written");
      return result;
    };
  }
}

function isForWriting(mode: unknown): boolean {
  return mode instanceof Uint8Array && /[wa+]/.test(textOf(mode));
}

/** What is opened to be written anew held nothing that counts; what is added to did. */
function modeDeed(mode: unknown): Deed {
  return mode instanceof Uint8Array && textOf(mode).startsWith("w") ? "written" : "opened";
}
