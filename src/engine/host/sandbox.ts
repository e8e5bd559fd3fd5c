import { readlinkSync, realpathSync } from "node:fs";
import path from "node:path";
import { untilZero, type WorkingDirectory } from "./primitives/directory.js";
import { type Primitives, textOf } from "./primitives/value.js";

/** What a sandbox refuses; the program gets it as a Lua error. */
export class Refusal extends Error {}

type Guard = (args: readonly unknown[]) => void;

/**
 * Primitives that write nothing outside a folder and start no program. A path is judged by where it really
 * leads, links and the program's current directory included.
 */
export function sandboxed(primitives: Primitives, root: string, directory: WorkingDirectory): Primitives {
  const guards = guardsFor(root, directory);
  const unknown = Object.keys(guards).find((name) => primitives[name] === undefined);
  if (unknown !== undefined) throw new Error(`there is no primitive ${unknown} to guard`);
  return Object.fromEntries(
    Object.entries(primitives).map(([name, primitive]) => {
      const guard = guards[name];
      if (guard === undefined) return [name, primitive];
      const guarded = (...args: never[]) => {
        guard(args);
        return primitive(...args);
      };
      return [name, guarded];
    }),
  );
}

function guardsFor(root: string, directory: WorkingDirectory): Readonly<Record<string, Guard>> {
  const check = (given: unknown, whereTo: (file: string) => string) => {
    if (!(given instanceof Uint8Array)) return;
    const file = whereTo(directory.resolveText(textOf(untilZero(given))));
    if (!isInside(root, file))
      throw new Refusal(`the sandbox allows no writing outside the project: ${textOf(given)}`);
  };
  const content: Guard = (args) => check(args[0], (file) => realPath(file));
  const entry: Guard = (args) => check(args[0], (file) => realEntry(file));
  const secondEntry: Guard = (args) => check(args[1], (file) => realEntry(file));
  const both: Guard = (args) => {
    entry(args);
    secondEntry(args);
  };
  return {
    open: (args) => (isWriting(args[1]) ? content(args) : undefined),
    utimes: content,
    remove: entry,
    unlink: entry,
    mkdir: entry,
    rmdir: entry,
    rename: both,
    // Another name for a file would make its content writable.
    link: (args) => {
      content(args);
      secondEntry(args);
    },
    symlink: secondEntry,
    temporaryName: refuse("os.tmpname, whose file is outside the project"),
    run: refuse("to start programs (os.execute)"),
    openPipe: refuse("to start programs (io.popen)"),
  };
}

function refuse(what: string): Guard {
  return () => {
    throw new Refusal(`the sandbox does not allow ${what}`);
  };
}

/** Every mode but plain reading. */
function isWriting(mode: unknown): boolean {
  return !(mode instanceof Uint8Array) || !/^rb?$/.test(textOf(mode));
}

function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
}

/** Where an entry of a folder really is: a link itself, not what it leads to. */
function realEntry(file: string, links = 0): string {
  return path.join(realPath(path.dirname(file), links), path.basename(file));
}

/** As systems do, a chain of links is followed only so far. */
const mostLinks = 40;

/** Where a path really leads; what does not exist yet would be made there, also at the end of a link. */
function realPath(file: string, links = 0): string {
  try {
    return realpathSync(file);
  } catch {
    if (path.dirname(file) === file || links > mostLinks) return file;
    const entry = realEntry(file, links);
    const target = linkTarget(entry);
    return target === null ? entry : realPath(path.resolve(path.dirname(entry), target), links + 1);
  }
}

function linkTarget(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}
