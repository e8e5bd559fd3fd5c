import path from "node:path";
import type { Accesses, Deed, Look, Use } from "../../types.js";
import { isUse } from "../uses.js";
import { type CallOutcome, createLookNotes } from "./lookNotes.js";
import { untilZero, type WorkingDirectory } from "./primitives/directory.js";
import { failureOf } from "./primitives/failure.js";
import { type Primitive, type Primitives, textOf } from "./primitives/value.js";

/** What a program asks of the system, as it does. What it writes before it has looked at it depends on nobody else. */
export interface AccessNotes {
  /** A file that it looks for to run it: whether it did, somebody else knows. */
  look(file: string): void;
  /**
   * The same primitives, of which each tells what it is asked, with two for what is asked in other ways: `noteLook` takes a use and a
   * path, `noteCall` the name of a primitive, whether that would have succeeded, errno, and its arguments.
   */
  around(primitives: Primitives): Primitives;
  /** `ran` are the files that it looked for and ran, by the paths by which it looked for them; `isLed` says which of them are links. */
  accesses(ran: (file: string) => boolean, isLed: (file: string) => boolean): Accesses;
}

type Hearing = (args: readonly unknown[], outcome: CallOutcome) => void;

export function createAccessNotes(directory: WorkingDirectory): AccessNotes {
  const notes = createLookNotes();
  const looked = new Set<string>();
  const doubts = new Set<string>();
  const pathOf = (bytes: Uint8Array) => directory.resolveText(textOf(untilZero(bytes)));
  const looking = (use: Use): Hearing => onPath((file) => notes.look(file, use));
  const doing = (deed: Deed): Hearing => onPath((file, outcome) => notes.deed(file, deed, outcome));
  const starting: Hearing = () => doubts.add("starts other programs");
  /** What is asked of an attribute of one path. */
  const asking =
    (kind: "asked" | "link"): Hearing =>
    (args, outcome) => {
      const [, name] = args;
      const wanted = name instanceof Uint8Array ? textOf(name) : "all";
      looking(`${kind}:${/^\w+$/.test(wanted) ? wanted : "mode"}`)(args, outcome);
    };
  // What is asked, it is asked from the folder in which the program still is.
  const looks: Readonly<Record<string, Hearing>> = {
    stat: asking("asked"),
    lstat: asking("link"),
    readlink: looking("link:target"),
    list: looking("opened"),
    utimes: looking("opened"),
    chdir: looking("asked:mode"),
    run: starting,
    openPipe: starting,
  };
  const deeds: Readonly<Record<string, Hearing>> = {
    remove: doing("removed"),
    unlink: doing("removed"),
    rmdir: doing("emptied"),
    mkdir: (args, outcome) => {
      doing("made")(args, outcome);
      if (outcome.ok) onPath(notes.makeFolder)(args, outcome);
    },
    open: ([file, mode], outcome) => {
      if (file instanceof Uint8Array) noteOpening(pathOf(file), mode, outcome);
    },
    rename: onPaths((from, to, outcome) => notes.rename(from, to, outcome)),
    link: onPaths((from, to, outcome) => notes.link(from, to, outcome)),
    symlink: ([target, link], outcome) => {
      if (!(target instanceof Uint8Array && link instanceof Uint8Array)) return;
      const file = pathOf(link);
      notes.link(path.resolve(path.dirname(file), textOf(untilZero(target))), file, outcome);
    },
  };
  return {
    look: (file) => looked.add(file),
    around: (primitives) => ({
      ...Object.fromEntries(
        Object.entries(primitives).map(([name, primitive]) => [name, noting(name, primitive)]),
      ),
      noteLook,
      noteCall,
    }),
    accesses: (ran, isLed) => {
      const found = [...looked].filter((file) => !ran(file) && !notes.knows(file));
      const led = [...looked].filter((file) => ran(file) && isLed(file));
      return {
        looks: [
          ...notes.looks.values(),
          ...found.map((file): Look => ({ path: file, use: "opened" })),
          ...led.map((file): Look => ({ path: file, use: "led" })),
        ],
        removed: [...notes.removed],
        changed: [...notes.changed],
        doubts: [...doubts],
      };
    },
  };

  function onPath(hear: (file: string, outcome: CallOutcome) => void): Hearing {
    return ([file], outcome) => {
      if (file instanceof Uint8Array) hear(pathOf(file), outcome);
    };
  }

  function onPaths(hear: (from: string, to: string, outcome: CallOutcome) => void): Hearing {
    return ([from, to], outcome) => {
      if (from instanceof Uint8Array && to instanceof Uint8Array) hear(pathOf(from), pathOf(to), outcome);
    };
  }

  /** What is opened to be written anew held nothing that counts; what is added to did. */
  function noteOpening(file: string, mode: unknown, outcome: CallOutcome): void {
    const text = mode instanceof Uint8Array ? textOf(mode) : "";
    if (text.startsWith("w")) notes.deed(file, "written", outcome);
    else notes.look(file, "opened");
    if (/[a+]/.test(text)) notes.changed.add(file);
  }

  function noteLook(named: unknown, file: unknown): null {
    const use = named instanceof Uint8Array ? textOf(named) : "";
    if (isUse(use) && file instanceof Uint8Array) notes.look(pathOf(file), use);
    return null;
  }

  function noteCall(named: unknown, ok: unknown, errno: unknown, ...args: unknown[]): null {
    const name = named instanceof Uint8Array ? textOf(named) : "";
    const outcome = { ok: ok === true, errno: typeof errno === "number" ? errno : null };
    if (name === "temporaryName") noteTemporary(args[0]);
    else deeds[name]?.(args, outcome);
    return null;
  }

  function noteTemporary(name: unknown): void {
    if (name instanceof Uint8Array) notes.own(pathOf(name));
  }

  function noting(name: string, primitive: Primitive): Primitive {
    const ask = looks[name] ?? (() => {});
    const hear = deeds[name] ?? (() => {});
    return (...args) => {
      ask(args, { ok: true, errno: null });
      try {
        const result = primitive(...args);
        hear(args, { ok: true, errno: null });
        if (name === "temporaryName") noteTemporary(result);
        return result;
      } catch (error) {
        hear(args, { ok: false, errno: failureOf(error)?.errno ?? null });
        throw error;
      }
    };
  }
}
