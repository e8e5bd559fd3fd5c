/** What the C library of an emscripten program asks of its system, answered by this one: files, environment, exit. */

import fs from "node:fs";

/** By emscripten's names after minification, which is that of glue-lua-5.5.0.js. */
export function systemCalls(memory) {
  const bytes = () => Buffer.from(memory().buffer);
  const textAt = (pointer) => bytes().subarray(pointer, bytes().indexOf(0, pointer));
  const number = (pointer, value) => bytes().writeInt32LE(value, pointer);
  /** Node does not know where a descriptor stands, so that is kept for files that were opened here. */
  const positions = new Map();
  const moveOne = (move, fd, start, length) => {
    if (length === 0) return 0;
    const position = positions.get(fd) ?? null;
    const done = move(fd, bytes(), start, length, position);
    if (position !== null) positions.set(fd, position + done);
    return done;
  };
  const transfer = (move) => (fd, vectors, count, result) => {
    let moved = 0;
    for (let each = vectors; each < vectors + 8 * count; each += 8) {
      const [start, length] = [bytes().readUInt32LE(each), bytes().readUInt32LE(each + 4)];
      const done = moveOne(move, fd, start, length);
      moved += done;
      if (done < length) break;
    }
    number(result, moved);
    return 0;
  };
  return {
    e: failsAs(-1, (name, flags, rest) => {
      const fd = fs.openSync(textAt(name), hostFlags(flags), bytes().readUInt32LE(rest));
      if (fs.fstatSync(fd).isFile()) positions.set(fd, 0);
      return fd;
    }),
    b: failsAs(1, (fd) => {
      positions.delete(fd);
      fs.closeSync(fd);
      return 0;
    }),
    j: failsAs(1, transfer(fs.readSync)),
    i: failsAs(1, transfer(writeAll)),
    l: failsAs(1, (fd, low, high, whence, result) => {
      if (!positions.has(fd)) return errors.ESPIPE;
      const base = whence === 0 ? 0 : whence === 1 ? positions.get(fd) : fs.fstatSync(fd).size;
      const position = base + high * 2 ** 32 + (low >>> 0);
      if (position < 0) return errors.EINVAL;
      positions.set(fd, position);
      bytes().writeBigInt64LE(BigInt(position), result);
      return 0;
    }),
    d: () => 0,
    p: failsAs(-1, (from, to) => fs.renameSync(textAt(from), textAt(to)) ?? 0),
    h: failsAs(-1, (name) => fs.unlinkSync(textAt(name)) ?? 0),
    q: failsAs(-1, (name) => fs.rmdirSync(textAt(name)) ?? 0),
    x: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) | 0;
    },
    r: (code) => process.exit(code & 255),
    z: (pointers, start) => {
      let at = start;
      for (const [index, text] of environment().entries()) {
        number(pointers + 4 * index, at);
        at += bytes().write(`${text}\0`, at, "latin1");
      }
      return 0;
    },
    A: (count, size) => {
      number(count, environment().length);
      number(
        size,
        environment().reduce((sum, text) => sum + text.length + 1, 0),
      );
      return 0;
    },
  };
}

/** As latin1, a character for each byte. */
function environment() {
  return Object.entries(process.env).map(([name, value]) =>
    Buffer.from(`${name}=${value}`).toString("latin1"),
  );
}

/** WASI's numbers, which emscripten's C library has. */
const errors = {
  EACCES: 2,
  EBADF: 8,
  EEXIST: 20,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ENOENT: 44,
  ENOSPC: 51,
  ENOTDIR: 54,
  EPERM: 63,
  EPIPE: 64,
  ESPIPE: 70,
};

function failsAs(sign, call) {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      return sign * (errors[error.code] ?? errors.EIO);
    }
  };
}

/** As Linux has them. */
function hostFlags(flags) {
  const { O_APPEND, O_CREAT, O_EXCL, O_TRUNC } = fs.constants;
  const bits = [
    [0o100, O_CREAT],
    [0o200, O_EXCL],
    [0o1000, O_TRUNC],
    [0o2000, O_APPEND],
  ];
  return bits.reduce((all, [theirs, ours]) => all | (flags & theirs ? ours : 0), flags & 3);
}

/** A pipe that is full takes a part, or nothing for now. */
function writeAll(fd, bytes, start, length, position) {
  let written = 0;
  while (written < length) {
    try {
      const at = position === null ? null : position + written;
      written += fs.writeSync(fd, bytes, start + written, length - written, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
  return written;
}
