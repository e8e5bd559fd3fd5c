import { readlinkSync, type Stats } from "node:fs";
import { kindOf, statsOf } from "../../files/files.js";
import { decodeName, pathOf } from "../../files/names.js";
import { linkStatsOf } from "./outlook.js";

type Attribute = (stats: Stats) => string | number;

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** By the names that LuaFileSystem has for them, which gives times in seconds. */
const attributes: Readonly<Record<string, Attribute>> = {
  mode: (stats) => (stats.isSymbolicLink() ? "a link" : kindOf(stats)),
  permissions: ({ mode }) => mode & 0o7777,
  uid: ({ uid }) => uid,
  gid: ({ gid }) => gid,
  dev: ({ dev }) => dev,
  rdev: ({ rdev }) => rdev,
  ino: ({ ino }) => ino,
  blksize: ({ blksize }) => blksize,
  size: ({ size }) => size,
  blocks: ({ blocks }) => blocks,
  nlink: ({ nlink }) => nlink,
  modification: ({ mtimeMs }) => seconds(mtimeMs),
  change: ({ ctimeMs }) => seconds(ctimeMs),
  access: ({ atimeMs }) => seconds(atimeMs),
};

/** What changes of a folder as soon as somebody writes into it. */
const fleeting: readonly string[] = ["size", "blocks", "nlink", "modification", "change"];

/** To look at a file changes the time of access, so that it counts only where it alone is asked for. */
const all = Object.keys(attributes).filter((name) => name !== "access");

const groups: Readonly<Record<string, readonly string[]>> = {
  all,
  lasting: all.filter((name) => !fleeting.includes(name)),
};

/** A use of a path by its attributes: of which, and whether of a link itself; null for another use. */
export function askedBy(use: string): { readonly name: string; readonly isOfLink: boolean } | null {
  const [, kind, name = "mode"] = /^(asked|link):(.*)$/.exec(use) ?? [];
  return kind === undefined ? null : { name, isOfLink: kind === "link" };
}

/** Whether an attribute, or one of all, changes as soon as somebody writes into the folder that has it. */
export function isFleeting(name: string): boolean {
  return name === "all" || fleeting.includes(name);
}

/** Null for nothing. What is no attribute tells only what is there. */
export function attributesAt(file: string, name: string, isOfLink: boolean): string | null {
  const stats = isOfLink ? linkStatsOf(file) : statsOf(file);
  if (stats === null) return null;
  const names = groups[name] ?? [Object.hasOwn(attributes, name) ? name : "mode"];
  const values = names.map((each) => attributes[each]?.(stats) ?? "");
  const target = isOfLink && (name === "all" || name === "target") ? [targetOf(file)] : [];
  return [...values, ...target].join(" ");
}

function targetOf(link: string): string {
  try {
    return decodeName(readlinkSync(pathOf(link), { encoding: "buffer" }));
  } catch {
    return "";
  }
}
