import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  lutimesSync,
  openSync,
  statSync,
  utimesSync,
} from "node:fs";

/** What a name stood for when it was looked at. Links are not followed. */
export interface Held {
  /** Leads to it; names in a folder can be put behind it. */
  readonly path: Buffer;
  readonly stats: BigIntStats;
  /** To be opened with, beside others. */
  readonly flags: number;
  /** Times are in seconds. */
  utimes(access: number, modification: number): void;
  release(): void;
}

/** Holds what is at a path whose folders are no links. Throws what the system refuses. */
export type Hold = (path: Buffer) => Held;

/** Linux's flag for a descriptor that stands for a place and is neither read nor written; Node does not name it. */
const O_PATH = 0o10000000;

/**
 * By a descriptor: the kernel takes /proc/self/fd/N for exactly what was opened, whatever others do to its name
 * in the meantime.
 */
export const holdByDescriptor: Hold = (path) => {
  const fd = openSync(path, O_PATH | constants.O_NOFOLLOW);
  const own = Buffer.from(descriptorPath(fd));
  return {
    path: own,
    stats: fstatSync(fd, { bigint: true }),
    flags: 0,
    utimes: (access, modification) => utimesSync(own, access, modification),
    release: () => closeSync(fd),
  };
};

/** By its name, where the system has nothing better: what others put there in the meantime is taken for it. */
export const holdByName: Hold = (path) => ({
  path,
  stats: lstatSync(path, { bigint: true }),
  // Windows has no such flag.
  flags: constants.O_NOFOLLOW ?? 0,
  utimes: (access, modification) => lutimesSync(path, access, modification),
  release: () => {},
});

let best: Hold | null = null;

/** The best that this system has; Linux without /proc has no more than others. */
export function bestHold(): Hold {
  best ??= process.platform === "linux" && hasDescriptorPaths() ? holdByDescriptor : holdByName;
  return best;
}

function hasDescriptorPaths(): boolean {
  const fd = openSync("/", O_PATH | constants.O_DIRECTORY);
  try {
    return isSame(fstatSync(fd, { bigint: true }), statSync(descriptorPath(fd), { bigint: true }));
  } catch {
    return false;
  } finally {
    closeSync(fd);
  }
}

/** Inodes may have more digits than a number has. */
export function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function descriptorPath(fd: number): string {
  return `/proc/self/fd/${fd}`;
}
