import { endOf, padEnd, startOf, widthOf } from "../../text/width.js";
import type { HotSpot } from "./hotSpots.js";

const gap = 2;
const least = 12;

/** As wide as a column of names is at least. */
export const leastRoom = least + gap + least;

/** Names and places in two columns, as far as there is room for both; what has no name has all of it for its place. */
export function nameColumn(spots: readonly Pick<HotSpot, "name" | "place">[], room: number): string[] {
  const longest = Math.max(0, ...spots.map(({ name }) => widthOf(name ?? "")));
  const places = Math.max(0, ...spots.map(({ place }) => widthOf(place)));
  const width = Math.min(longest, Math.max(least, Math.floor(room / 3), room - gap - places));
  return spots.map(({ name, place }) =>
    name === null
      ? withEnd(place, room)
      : `${padEnd(withStart(name, width), width + gap)}${withEnd(place, room - width - gap)}`,
  );
}

function withStart(name: string, room: number): string {
  return widthOf(name) <= room ? name : `${startOf(name, room - 1)}…`;
}

/** The end of a place says most of it. */
export function withEnd(place: string, room: number): string {
  return widthOf(place) <= room ? place : `…${endOf(place, room - 1)}`;
}
