import {
  accessSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { untilZero, type WorkingDirectory } from "./directory.js";
import { SystemError } from "./failure.js";
import { askForMemory } from "./memory.js";
import type { Pause } from "./pause.js";
import { awaitWriter, openDescriptor, seekingOf, sizeOf } from "./streams/descriptor.js";
import { Stream } from "./streams/stream.js";
import { openNamed } from "./temporary.js";
import { bytesOf, type Value } from "./value.js";

/** Of folders that lfs makes. */
export const folderMode = 0o775;

/** To open a named pipe blocks else. */
const readAtOnce = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const DOTS = [bytesOf("."), bytesOf("..")];

/** What a program does to files by their names. */
export function filePrimitives(directory: WorkingDirectory) {
  const at = (path: Uint8Array) => directory.resolve(path);
  return {
    remove: (path: Uint8Array) => done(() => removeAt(at(path))),
    unlink: (path: Uint8Array) => done(() => unlinkSync(at(path))),
    rename: (from: Uint8Array, to: Uint8Array) => done(() => renameSync(at(from), at(to))),
    mkdir: (path: Uint8Array) => done(() => mkdirSync(at(path), folderMode)),
    rmdir: (path: Uint8Array) => done(() => rmdirSync(at(path))),
    link: (from: Uint8Array, to: Uint8Array) => done(() => linkSync(at(from), at(to))),
    symlink: (target: Uint8Array, path: Uint8Array) => done(() => symlinkAt(target, at(path))),
    readlink: (path: Uint8Array): Value => readlinkSync(at(path), { encoding: "buffer" }),
    /** Times are in seconds. */
    utimes: (path: Uint8Array, access: number, modification: number) =>
      done(() => utimesSync(at(path), access, modification)),
    /** All attributes; who notes what programs ask is told which of them is wanted, if it is one. */
    stat: (path: Uint8Array, _wanted?: Uint8Array): Value => attributes(statSync(at(path))),
    lstat: (path: Uint8Array, _wanted?: Uint8Array): Value => attributes(lstatSync(at(path))),
    /** The names in a folder, in bytes, first "." and "..", as readdir gives them. */
    list: (path: Uint8Array): Value => [...DOTS, ...readdirSync(at(path), { encoding: "buffer" })],
    /** Whether a file can be opened for reading. */
    readable: (path: Uint8Array) => done(() => closeSync(openSync(at(path), readAtOnce))),
    chdir: (path: Uint8Array) => done(() => directory.change(path)),
    cwd: (): Value => {
      accessSync(Buffer.from(directory.current));
      return directory.current;
    },
    /** Makes an empty file, as mkstemp does, and returns its name. */
    temporaryName: (): Uint8Array => {
      const { name, fd } = openNamed(constants.O_RDWR);
      closeSync(fd);
      return name;
    },
  };
}

/** As C's remove: a file, or an empty folder. */
export function removeAt(path: Buffer): void {
  if (lstatSync(path).isDirectory()) rmdirSync(path);
  else unlinkSync(path);
}

export function symlinkAt(target: Uint8Array, path: Buffer): void {
  symlinkSync(Buffer.from(untilZero(target)), path);
}

/** Says that an action succeeded; what the system refuses it throws. */
export function done(action: () => void): boolean {
  action();
  return true;
}

/** The content of a file. */
export function readWhole(path: Buffer, pause: Pause): Uint8Array {
  if (path.length === 0) throw new SystemError("ENOENT");
  const fd = openDescriptor(path, constants.O_RDONLY, pause);
  const input = awaitWriter(fd, constants.O_RDONLY, pause);
  const seeking = seekingOf(fd);
  const stream = new Stream(fd, { ...readOnly, seeking, pause, input });
  try {
    if (seeking !== "position") return stream.readAll();
    askForMemory(sizeOf(fd));
    return readFileSync(fd);
  } finally {
    stream.close();
  }
}

const readOnly = { readable: true, writable: false, append: false, buffering: "full", position: 0 } as const;

/** The fields of lfs.attributes; times are in whole seconds. */
function attributes(stats: Stats): Value {
  return {
    mode: bytesOf(kindOf(stats)),
    dev: stats.dev,
    ino: stats.ino,
    nlink: stats.nlink,
    uid: stats.uid,
    gid: stats.gid,
    rdev: stats.rdev,
    access: Math.floor(stats.atimeMs / 1000),
    modification: Math.floor(stats.mtimeMs / 1000),
    change: Math.floor(stats.ctimeMs / 1000),
    size: stats.size,
    permissions: bytesOf(permissionsOf(stats.mode)),
    blocks: stats.blocks,
    blksize: stats.blksize,
  };
}

function kindOf(stats: Stats): string {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isSocket()) return "socket";
  if (stats.isFIFO()) return "named pipe";
  if (stats.isCharacterDevice()) return "char device";
  return stats.isBlockDevice() ? "block device" : "other";
}

function permissionsOf(mode: number): string {
  return Array.from("rwxrwxrwx", (letter, index) => ((mode >> (8 - index)) & 1 ? letter : "-")).join("");
}
