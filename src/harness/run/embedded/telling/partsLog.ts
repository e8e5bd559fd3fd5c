/**
 * What ran for the parts of a job's file, in memory of both threads: to wake the main thread for each test takes longer than all
 * else that is told of it, and nobody needs it before the job has ended. It is there also when the thread was ended.
 */

import type { PartNews, RestNews } from "../../../../engine/news.js";
import type { Part } from "../../../../types.js";

/** In bytes, for what a thousand tests tell; what comes then is sent. */
const size = 2 ** 20;

/** Behind how many bytes are written: of each record, the lengths of its text and of its runs in bytes, the text, the runs. */
const head = Uint32Array.BYTES_PER_ELEMENT;
const recordHead = 2 * Uint32Array.BYTES_PER_ELEMENT;

/** What is told is of a part, or of none for all that is left. */
type Told = PartNews | RestNews;

/** The text of a record, as JSON: keys have numbers in the order in which they come, behind each of which is where its runs end. */
type RecordText = readonly [part: Part | null, newKeys: readonly string[], places: readonly number[]];

export function createPartsLog(): SharedArrayBuffer {
  return new SharedArrayBuffer(size);
}

/** In the main thread, before a job begins. */
export function clearPartsLog(log: SharedArrayBuffer): void {
  Atomics.store(new Uint32Array(log, 0, 1), 0, 0);
}

/** In a worker, for the news of one job: writes some, or returns false where there is no room for it, nor for what follows it. */
export function createPartsWriting(log: SharedArrayBuffer): (news: Told) => boolean {
  const [textOf, write] = [createTexts(), createRecords(log)];
  let isFull = false;
  return (news) => {
    // A key that was named once is not named again.
    isFull ||= !write(textOf(news), news.counts.runs);
    return !isFull;
  };
}

/** Makes the texts of records, of one job. */
function createTexts(): (news: Told) => string {
  const known = new Map<string, number>();
  return ({ counts: { keys, ends }, ...news }) => {
    const newKeys: string[] = [];
    const places: number[] = [];
    for (const [index, key] of keys.entries()) {
      const number = known.get(key) ?? known.size;
      if (number === known.size) newKeys.push(key);
      known.set(key, number);
      places.push(number, ends[index] ?? 0);
    }
    const part = news.kind === "ran" ? news.part : null;
    return JSON.stringify([part, newKeys, places] satisfies RecordText);
  };
}

/** Writes one record behind the other, unless there is no room. */
function createRecords(log: SharedArrayBuffer): (text: string, runs: Uint8Array) => boolean {
  const [written, bytes] = [new Uint32Array(log, 0, 1), Buffer.from(log)];
  let at = head;
  return (text, runs) => {
    const start = at + recordHead;
    // A character has three bytes at most.
    if (start + 3 * text.length + runs.length > size) return false;
    const length = bytes.write(text, start);
    bytes.set(runs, start + length);
    bytes.writeUInt32LE(length, at);
    bytes.writeUInt32LE(runs.length, at + Uint32Array.BYTES_PER_ELEMENT);
    at = start + length + runs.length;
    // What is not whole does not count: a thread may be ended anywhere.
    Atomics.store(written, 0, at - head);
    return true;
  };
}

/** In the main thread, for a job: gives what was written since it was last asked. */
export function createPartsReading(log: SharedArrayBuffer): () => Generator<Told> {
  const written = new Uint32Array(log, 0, 1);
  const [bytes, all] = [Buffer.from(log), new Uint8Array(log)];
  const known: string[] = [];
  let at = head;
  return function* () {
    for (const end = head + Atomics.load(written, 0); at < end; ) {
      const start = at + recordHead;
      const runsStart = start + bytes.readUInt32LE(at);
      at = runsStart + bytes.readUInt32LE(at + Uint32Array.BYTES_PER_ELEMENT);
      const text: RecordText = JSON.parse(bytes.toString("utf8", start, runsStart));
      yield toldIn(text, known, all.slice(runsStart, at));
    }
  };
}

function toldIn([part, newKeys, places]: RecordText, known: string[], runs: Uint8Array): Told {
  known.push(...newKeys);
  const [keys, ends]: [string[], number[]] = [[], []];
  for (let at = 0; at < places.length; at += 2) {
    const key = known[places[at] ?? -1];
    if (key === undefined) throw new Error(`a worker tells of key ${places[at]}, which it has not told`);
    keys.push(key);
    ends.push(places[at + 1] ?? 0);
  }
  const counts = { keys, ends, runs };
  return part === null ? { kind: "rest", counts } : { kind: "ran", part, counts };
}
