import {
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { decodeName, pathOf } from "./names.js";

/** What is at the end of a path; null for nothing that can be looked at, whatever the reason. */
export function statsOf(name: string): Stats | null {
  try {
    return statSync(pathOf(name));
  } catch {
    return null;
  }
}

/** Whether a path leads to a file that has a content; a folder, a pipe, a socket or a device is none. */
export function isFile(name: string): boolean {
  return statsOf(name)?.isFile() ?? false;
}

export function isFolder(name: string): boolean {
  return statsOf(name)?.isDirectory() ?? false;
}

/** Whether there is anything at a path, be it a link to nowhere. */
export function isTaken(name: string): boolean {
  try {
    lstatSync(pathOf(name));
    return true;
  } catch {
    return false;
  }
}

/**
 * The content of a file. Throws what the system refuses, and for what is no file: a pipe without a writer would
 * be waited for, and nothing of ours wants a device.
 */
export function readContent(name: string): Buffer {
  const file = pathOf(name);
  const stats = statSync(file);
  if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}, not a file`);
  // Should a pipe have taken the file's place meanwhile, it is not waited for.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The first bytes of a file, as many as there are. Throws as `readContent` does. */
export function startOf(name: string, size: number): Buffer {
  return someOf(name, size, () => 0);
}

/** The last bytes of a file, as many as there are. Throws as `readContent` does. */
export function endOf(name: string, size: number): Buffer {
  return someOf(name, size, (whole) => whole - size);
}

function someOf(name: string, size: number, from: (whole: number) => number): Buffer {
  const file = pathOf(name);
  const { size: whole } = statSync(file);
  if (whole <= size) return readContent(name);
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const some = Buffer.alloc(size);
    return some.subarray(0, readSync(descriptor, some, 0, size, from(whole)));
  } finally {
    closeSync(descriptor);
  }
}

/** Where a path leads once links are followed. Throws when that is nowhere. */
export function realPath(name: string): string {
  if (process.platform === "win32") return realpathSync(name);
  // Node's own way cannot follow a link to a name that is not UTF-8; the system's can.
  return decodeName(realpathSync.native(pathOf(name), { encoding: "buffer" }));
}

/** Whether a path leads to something by a link. */
export function isLed(name: string): boolean {
  try {
    return realPath(name) !== name;
  } catch {
    return false;
  }
}

/** What is in a folder. Throws what the system refuses. */
export function listFolder(name: string): Dirent<Buffer>[] {
  return readdirSync(pathOf(name), { withFileTypes: true, encoding: "buffer" });
}

/** Why there is no file at a path, in words. */
export function missing(name: string): string {
  const stats = statsOf(name);
  return stats === null ? "there is no such file" : `it is ${kindOf(stats)}, not a file`;
}

/** In words: `a FIFO`, `a folder`. */
export function kindOf(stats: Stats): string {
  if (stats.isFile()) return "a file";
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO";
  return stats.isSocket() ? "a socket" : "a device";
}

/** The current folder, also where its name is not UTF-8 and Node has only a replacement for it. */
export function currentFolder(): string {
  const folder = process.cwd();
  if (!folder.includes("\ufffd")) return folder;
  try {
    return decodeName(readlinkSync("/proc/self/cwd", { encoding: "buffer" }));
  } catch {
    return folder;
  }
}

/**
 * Arguments of this process as they were given: Node has a replacement for what is not UTF-8 in them, Linux says what
 * it was.
 */
export function givenArguments(argv: readonly string[]): readonly string[] {
  if (!argv.some((argument) => argument.includes("\ufffd"))) return argv;
  try {
    const words = splitAtZero(readFileSync("/proc/self/cmdline")).slice(-argv.length);
    const isSame =
      words.length === argv.length && words.every((word, index) => word.toString() === argv[index]);
    return isSame ? words.map(decodeName) : argv;
  } catch {
    return argv;
  }
}

function splitAtZero(bytes: Buffer): Buffer[] {
  const words: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const zero = bytes.indexOf(0, start);
    const end = zero === -1 ? bytes.length : zero;
    words.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return words;
}
