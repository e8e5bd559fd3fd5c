import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  write,
  writeSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { removeLeftovers, temporaryName } from "./leftovers.js";
import { type Fence, isWithin, makeFolder, placeOf } from "./place.js";

/** A file that has its name once it is whole; until then, what had the name before has it. */
export interface WholeFile {
  write(bytes: Uint8Array): void;
  /** Lets this thread go on meanwhile. Bytes must stand, and nothing else be written, until then. */
  writeBeside(bytes: Uint8Array): Promise<void>;
  /** Gives it its name. Throws when it cannot be whole, as on a full disk, and leaves nothing behind then. */
  commit(): void;
  discard(): void;
}

export interface WholeOptions {
  readonly fence?: Fence;
  /** Whether it must be there after a power failure, too, which takes the disk's time. */
  readonly durable?: boolean;
  /** Whether a pipe by this name gives way, which would be waited for; by default it is written to. */
  readonly replacesPipes?: boolean;
  /** What others may do with a file that is not there yet; by default, what the system lets new files have. */
  readonly mode?: number;
}

/** Writes a file: whoever looks finds all of it, or what was there before, also after a kill or on a full disk. */
export function writeWhole(file: string, content: string | Uint8Array, options: WholeOptions = {}): void {
  const whole = openWhole(file, options);
  try {
    whole.write(Buffer.from(content));
  } catch (error) {
    whole.discard();
    throw error;
  }
  whole.commit();
}

/** Adds to a file that is whole. */
export function appendWhole(file: string, content: Uint8Array, options: WholeOptions = {}): void {
  const place = placeOf(file, options.fence ?? null);
  const before = isPlainFile(place) ? readFileSync(place) : Buffer.alloc(0);
  writeWhole(file, Buffer.concat([before, content]), options);
}

/**
 * Adds to a file that others may have open and add to: all of it or, on a full disk, nothing. A file of theirs cannot be
 * written under another name.
 */
export function appendShared(file: string, content: string, fence: Fence): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0 } = constants;
  const links = fence !== null && isWithin(file, fence) ? O_NOFOLLOW : 0;
  const descriptor = openSync(placeOf(file, fence), O_WRONLY | O_APPEND | O_CREAT | links, 0o666);
  try {
    const { size } = fstatSync(descriptor);
    try {
      writeAll(descriptor, Buffer.from(content));
    } catch (error) {
      if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, size);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Removes a file, but no device, pipe or link. */
export function removePlainFile(file: string): void {
  if (isPlainFile(file) && !/^\/(dev|proc)\//.test(file)) rmSync(file);
}

/** Begins a file. Terminals, pipes and devices have no other name to be written under: they get all at once. */
export function openWhole(
  file: string,
  { fence = null, durable = false, replacesPipes = false, mode = 0o666 }: WholeOptions = {},
): WholeFile {
  if (isDevice(file, fence) && !(replacesPipes && isPipe(file))) return openDevice(file);
  return openTemporary(placeOf(file, fence), { fence, durable, mode });
}

/** Whether something has this name that is neither a file nor a folder; what a test has linked is none. */
function isDevice(file: string, fence: Fence): boolean {
  // `/dev/stdout` may be a file, which others have open, too.
  if (/^\/(dev|proc)\//.test(file)) return true;
  const isFenced = fence !== null && isWithin(file, fence);
  const stats = (isFenced ? lstatSync : statSync)(file, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink();
}

function isPipe(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

function openDevice(place: string): WholeFile {
  const descriptor = openSync(place, "w");
  const close = once(() => closeSync(descriptor));
  return { ...writersTo(descriptor), commit: close, discard: close };
}

function openTemporary(
  place: string,
  { fence, durable, mode }: Required<Pick<WholeOptions, "fence" | "durable" | "mode">>,
): WholeFile {
  // Only the rename would tell, when all is written; a link it replaces.
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory())
    throw Object.assign(new Error(`${place} is a folder`), { code: "EISDIR" });
  const folder = path.dirname(place);
  lookForLeftovers(folder);
  const temporary = path.join(folder, temporaryName());
  const { O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const descriptor = openSync(temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  const discard = once(() => {
    if (isSame(temporary, descriptor)) rmSync(temporary, { force: true });
    closeSync(descriptor);
  });
  const commit = () => {
    try {
      if (durable) fsyncSync(descriptor);
      // The folder may be another one by now.
      placeOf(place, fence);
      keepMode(place, descriptor);
      if (isSame(temporary, descriptor)) renameSync(temporary, place);
      else rewrite(place, descriptor, fence);
    } finally {
      discard();
    }
  };
  return { ...writersTo(descriptor), commit, discard };
}

/** Looked through once by a process: a report may put thousands of files into a folder. */
const looked = new Set<string>();

function lookForLeftovers(folder: string): void {
  if (!looked.has(folder)) removeLeftovers(folder);
  looked.add(folder);
}

/** A test may remove what it finds in a folder, or put something else in its place. */
function isSame(temporary: string, descriptor: number): boolean {
  const [there, own] = [lstatSync(temporary, { throwIfNoEntry: false }), fstatSync(descriptor)];
  return there !== undefined && there.ino === own.ino && there.dev === own.dev;
}

function rewrite(place: string, descriptor: number, fence: Fence): void {
  const bytes = Buffer.alloc(fstatSync(descriptor).size);
  for (let read = 0; read < bytes.length; ) {
    read += readSync(descriptor, bytes, read, bytes.length - read, read);
  }
  makeFolder(path.dirname(place), fence);
  writeWhole(place, bytes, { fence });
}

/** What others may do with a file stays as its owner has set it. */
function keepMode(place: string, descriptor: number): void {
  if (isPlainFile(place)) fchmodSync(descriptor, statSync(place).mode & 0o777);
}

function isPlainFile(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function writersTo(descriptor: number): Pick<WholeFile, "write" | "writeBeside"> {
  return {
    write: (bytes) => writeAll(descriptor, bytes),
    writeBeside: async (bytes) => {
      for (let written = 0; written < bytes.length; ) {
        written += (await writeAsync(descriptor, bytes, written)).bytesWritten;
      }
    },
  };
}

const writeAsync = promisify(write);

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written);
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
