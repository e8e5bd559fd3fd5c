import { readlinkSync } from "node:fs";
import path from "node:path";
import { codeOf, SystemError } from "../primitives/failure.js";
import type { Ground, Grounds } from "./grounds.js";
import type { Held, Hold } from "./hold.js";
import { outside, packages, type Refusal } from "./refusal.js";

/** As Linux does, a path follows only so many links. */
const mostLinks = 40;
/** A path as Linux takes it, in bytes. */
const longestPath = 4095;

/** Lets an action go through a path, given in bytes from the start of the file system. */
export function walking<Result>(
  hold: Hold,
  grounds: Grounds,
  absolute: Uint8Array,
  action: (walk: Walk) => Result,
): Result {
  if (absolute.length > longestPath) throw new SystemError("ENAMETOOLONG");
  const walk = new Walk(hold, grounds, latin1(absolute));
  try {
    return action(walk);
  } finally {
    walk.close();
  }
}

/**
 * Goes through a path as the kernel does, name by name, holding the folder that it is in: so whether that is in the
 * root is known of the folder itself, not of a path to it. Names are bytes, one a character (`latin1`).
 */
export class Walk {
  readonly #hold: Hold;
  readonly #grounds: Grounds;
  /** The names to go, the next one last. */
  #names: string[] = [];
  #links = 0;
  #here: Held;
  #ground: Ground;

  constructor(hold: Hold, grounds: Grounds, absolute: string) {
    this.#hold = hold;
    this.#grounds = grounds;
    const start = startOf(absolute);
    this.#here = hold(bytes(start));
    this.#ground = grounds.groundOf(this.#here, "outside");
    this.#push(absolute.slice(start.length));
  }

  /** Whether the folder in which the walk stands is in the root, or is the root. */
  get isInside(): boolean {
    return this.#ground === "inside";
  }

  /** Why nothing is written where the walk stands. */
  refusal(given: Uint8Array): Refusal {
    return this.#ground === "packages" ? packages(given) : outside(given);
  }

  /** Goes to the folder of the last name and returns that; it is a dot or two when the path ends so. */
  toLast(): string {
    while (this.#names.length > 1) this.#step(this.#names.pop() ?? ".");
    return this.#names.pop() ?? ".";
  }

  /** As toLast, with links at the end followed, too. `found` is null for nothing, and the caller's to release. */
  toEnd(): { readonly name: string; readonly found: Held | null } {
    for (;;) {
      const name = this.toLast();
      if (name === "..") this.#step(name);
      const last = name === ".." ? "." : name;
      const found = this.find(last);
      if (found === null || !found.stats.isSymbolicLink()) return { name: last, found };
      found.release();
      this.#follow(last);
    }
  }

  /** The path of a name in the folder where the walk stands, for the kernel. */
  at(name: string): Buffer {
    return below(this.#here, name);
  }

  /** What has a name in the folder where the walk stands; null for nothing. */
  find(name: string): Held | null {
    try {
      return this.#hold(this.at(name));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return null;
      throw error;
    }
  }

  /** Whether the walk stands in the root itself, whose parent is outside. */
  get isAtRoot(): boolean {
    return this.#grounds.isRoot(this.#here);
  }

  close(): void {
    this.#here.release();
  }

  #step(name: string): void {
    if (name === ".") return;
    const found = this.#hold(this.at(name));
    if (found.stats.isSymbolicLink()) {
      found.release();
      this.#follow(name);
    } else if (found.stats.isDirectory()) {
      // The parent of a folder in the root is in the root, but that of the root itself.
      this.#enter(found, name === ".." && this.isAtRoot ? "outside" : this.#ground);
    } else {
      found.release();
      throw new SystemError("ENOTDIR");
    }
  }

  #enter(folder: Held, from: Ground): void {
    this.#here.release();
    this.#here = folder;
    this.#ground = this.#grounds.groundOf(folder, from);
  }

  #follow(name: string): void {
    this.#links++;
    if (this.#links > mostLinks) throw new SystemError("ELOOP");
    const target = this.#target(name);
    if (target === null) {
      this.#names.push(name);
      return;
    }
    const start = startOf(target);
    if (start !== "") this.#enter(this.#hold(bytes(start)), "outside");
    this.#push(target.slice(start.length));
  }

  /** What ends with a slash means the folder, as with a dot behind it. */
  #push(text: string): void {
    const names = text.split(separator);
    const folder = names.at(-1) === "" ? ["."] : [];
    this.#names.push(...[...names.filter((name) => name !== ""), ...folder].reverse());
  }

  /** Null when the name is no link, or no more. */
  #target(name: string): string | null {
    try {
      return latin1(readlinkSync(this.at(name), { encoding: "buffer" }));
    } catch (error) {
      if (codeOf(error) === "EINVAL" || codeOf(error) === "ENOENT") return null;
      throw error;
    }
  }
}

const separator = process.platform === "win32" ? /[\\/]/ : "/";

/** The part of an absolute path before its first name; nothing of a relative one. */
function startOf(text: string): string {
  return path.isAbsolute(text) ? path.parse(text).root : "";
}

function below(folder: Held, name: string): Buffer {
  return Buffer.concat([folder.path, bytes(`/${name}`)]);
}

function bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

function latin1(text: Uint8Array): string {
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString("latin1");
}
