/** The profiles in a temp-dir, beside what is known of its coverage maps: each run leaves one, whole or not at all. */

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { rebase } from "../coverage/rebase.js";
import { badProfileFile, noProfile } from "../errors/profile.js";
import { isFile, readContent } from "../files/files.js";
import { parseJson } from "../files/json.js";
import { namesIn } from "../output/leftovers.js";
import { type WholeOptions, writeWhole } from "../output/whole.js";
import { mergeProfiles } from "../profile/merge.js";
import type { Config, Profile } from "../types.js";
import { ownFolder } from "./origin.js";
import { keepInOwnFolder } from "./ownFiles.js";
import { checkProfile, type StoredProfile } from "./profileShape.js";
import { beginOfGroup } from "./runs.js";

/** Writes a profile as JSON, whole or not at all. */
export function writeProfileFile(file: string, stored: StoredProfile, options: WholeOptions): void {
  writeWhole(file, JSON.stringify(stored), options);
}

/** Throws BAD_PROFILE_FILE for what is no profile that this version has written. */
export function readProfileFile(file: string): StoredProfile {
  try {
    return checkProfile(parseJson(readContent(file)));
  } catch (cause) {
    throw badProfileFile(file, cause);
  }
}

/**
 * Keeps the profile of a run that began at some time, in milliseconds since 1970. With `clean` it takes the place of those
 * of runs that ended before it, and before those at the same time, began. Throws NOT_WRITABLE.
 */
export function keepProfile(
  config: Pick<Config, "tempDir" | "clean" | "cwd" | "sandbox">,
  profile: Profile,
  began: number,
): void {
  const { tempDir, clean, cwd: root } = config;
  keepInOwnFolder(config, (folder, options) => {
    if (clean) for (const file of replacedBy(began, tempDir)) rmSync(file, { force: true });
    const stored: StoredProfile = { version: 1, root, began, ended: Date.now(), profile };
    writeProfileFile(path.join(folder, `profile-${randomUUID()}.json`), stored, options);
  });
}

/**
 * The sum of the profiles that runs have left in a temp-dir; null for none. Those of other checkouts count for the files
 * of the project at `root`. Throws BAD_PROFILE_FILE.
 */
export function readProfiles(tempDir: string, root: string): Profile | null {
  const profiles = profileFiles(tempDir).map((file) => moved(readProfileFile(file), root));
  return profiles.length === 0 ? null : mergeProfiles(profiles);
}

/** The same of a configuration's project. Throws NO_COVERAGE where there is none, too. */
export function keptProfile({ tempDir, cwd }: Pick<Config, "tempDir" | "cwd">): Profile {
  const profile = readProfiles(tempDir, cwd);
  if (profile === null) throw noProfile(tempDir);
  return profile;
}

const profileName = /^profile-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.json$/;

function profileFiles(tempDir: string): string[] {
  const own = path.join(tempDir, ownFolder);
  return namesIn(own)
    .filter((name) => profileName.test(name))
    .map((name) => path.join(own, name));
}

function replacedBy(began: number, tempDir: string): string[] {
  const known = profileFiles(tempDir).map((file) => ({ file, ...intervalOf(file) }));
  const start = beginOfGroup(began, known);
  return known.filter(({ ended }) => ended <= start).map(({ file }) => file);
}

/** What cannot be read is of no use to anybody. */
function intervalOf(file: string): Pick<StoredProfile, "began" | "ended"> {
  try {
    return readProfileFile(file);
  } catch {
    return { began: 0, ended: 0 };
  }
}

function moved({ profile, root: from }: StoredProfile, to: string): Profile {
  const files = new Set(profile.functions.flatMap(({ file }) => file ?? []));
  const asMap = Object.fromEntries(Array.from(files, (file) => [file, { path: file, was: file }]));
  const places = Object.values(rebase(asMap, from, to, isFile));
  const placeOf = new Map(places.map(({ path: place, was }) => [was, place]));
  const functions = profile.functions.map((fn) => ({ ...fn, file: placeOf.get(fn.file ?? "") ?? fn.file }));
  return { ...profile, functions };
}
