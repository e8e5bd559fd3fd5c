import { isFile, readContent } from "../files/files.js";
import { mergeProfiles } from "../profile/merge.js";
import { findFunctions } from "../source/functions.js";
import { createPositions } from "../source/positions.js";
import { parseNewest } from "../source/syntax.js";
import type { Profile, ProfiledFunction } from "../types.js";

/**
 * A profile whose functions have the names that their sources give them: Lua knows them by what they were called through, each
 * time by something else, or not at all.
 */
export function withSourceNames(profile: Profile): Profile {
  const names = new Map<string, Names>();
  const namesOf = (file: string) => {
    const known = names.get(file) ?? namesIn(file);
    names.set(file, known);
    return known;
  };
  const functions = profile.functions.map((fn) => {
    if (fn.file === null) return fn;
    if (fn.kind === "main") return { ...fn, name: null };
    return fn.kind === "Lua" ? { ...fn, name: namesOf(fn.file).get(placeOf(fn)) ?? fn.name } : fn;
  });
  return mergeProfiles([{ ...profile, functions }]);
}

/** By first and last line; null where several functions have the same ones. */
type Names = ReadonlyMap<string, string | null>;

function placeOf({ line, lastLine }: Pick<ProfiledFunction, "line" | "lastLine">): string {
  return `${line}-${lastLine}`;
}

function namesIn(file: string): Names {
  const names = new Map<string, string | null>();
  const source = isFile(file) ? readContent(file) : new Uint8Array();
  const parsed = parseNewest(source);
  if (!parsed.ok) return names;
  const positions = createPositions(source);
  for (const { node, name } of findFunctions(parsed.syntax)) {
    const [line, lastLine] = [positions.at(node.start).line, positions.at(node.end - 1).line];
    const place = placeOf({ line, lastLine });
    names.set(place, names.has(place) ? null : name);
  }
  return names;
}
