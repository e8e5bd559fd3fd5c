import { readFileSync } from "node:fs";
import { posixZone } from "./posixZone.js";
import type { LocalOffset, Zone } from "./zone.js";

const HEADER = 44;

/** A compiled time zone (RFC 8536, tzfile(5)), or null where there is no such file. */
export function zoneFile(path: string): Zone | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return null;
  }
  return bytes.toString("latin1", 0, 4) === "TZif" ? parse(bytes) : null;
}

interface Block {
  readonly start: number;
  /** Bytes of a time: 4 in the first block, 8 in the second one. */
  readonly width: 4 | 8;
  readonly counts: Counts;
}

interface Counts {
  readonly isut: number;
  readonly isstd: number;
  readonly leap: number;
  readonly time: number;
  readonly type: number;
  readonly char: number;
}

function parse(bytes: Buffer): Zone {
  const first: Block = { start: HEADER, width: 4, counts: countsAt(bytes, 0) };
  if (bytes[4] === 0) return zoneOfBlock(bytes, first, null);
  const header = first.start + lengthOf(first);
  const second: Block = { start: header + HEADER, width: 8, counts: countsAt(bytes, header) };
  const footer = bytes.toString("latin1", second.start + lengthOf(second) + 1).split("\n", 1)[0] ?? "";
  return zoneOfBlock(bytes, second, footer === "" ? null : posixZone(footer));
}

function countsAt(bytes: Buffer, header: number): Counts {
  const [isut = 0, isstd = 0, leap = 0, time = 0, type = 0, char = 0] = Array.from(
    { length: 6 },
    (_, index) => bytes.readUInt32BE(header + 20 + index * 4),
  );
  return { isut, isstd, leap, time, type, char };
}

function lengthOf({ width, counts }: Block): number {
  const { isut, isstd, leap, time, type, char } = counts;
  return time * (width + 1) + type * 6 + char + leap * (width + 4) + isstd + isut;
}

/** As glibc: before the first change the first standard time, after the last one what the footer says. */
function zoneOfBlock(bytes: Buffer, block: Block, after: Zone | null): Zone {
  const times = readTimes(bytes, block);
  const offsets = readOffsets(bytes, block);
  const types = bytes.subarray(block.start + times.length * block.width);
  const initial = offsets.find(({ isdst }) => !isdst) ??
    offsets[0] ?? { offset: 0, isdst: false, name: "UTC" };
  return (time) => {
    const index = lastNotAfter(times, time);
    if (index === times.length - 1 && after !== null) return after(time);
    return index === -1 ? initial : (offsets[types[index] ?? 0] ?? initial);
  };
}

function readTimes(bytes: Buffer, { start, width, counts }: Block): number[] {
  return Array.from({ length: counts.time }, (_, index) =>
    width === 4 ? bytes.readInt32BE(start + index * 4) : Number(bytes.readBigInt64BE(start + index * 8)),
  );
}

function readOffsets(bytes: Buffer, { start, width, counts }: Block): LocalOffset[] {
  const types = start + counts.time * (width + 1);
  const names = types + counts.type * 6;
  return Array.from({ length: counts.type }, (_, index) => {
    const at = types + index * 6;
    const name = names + (bytes[at + 5] ?? 0);
    return {
      offset: bytes.readInt32BE(at),
      isdst: bytes[at + 4] === 1,
      name: bytes.toString("latin1", name, bytes.indexOf(0, name)),
    };
  });
}

/** The index of the last of the sorted times that is not after `time`, -1 for none. */
function lastNotAfter(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
