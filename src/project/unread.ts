/** What of a project nobody can read: it may not be, or it is no Lua. */

import path from "node:path";
import { type RefusedFolder, refusedFolders } from "../discover/refusedFolders.js";
import { testFolders } from "../discover/testCode.js";
import { refusedFile } from "../files/refused.js";
import { unrunnable, unrunnableText } from "../harness/plan/unrunnable.js";
import { counted, someOf } from "../words.js";
import type { Followed } from "./blocked.js";
import type { Looking } from "./follow/follow.js";
import type { Problem } from "./project.js";
import { entersOwn, type LuaFile } from "./read/files.js";
import { shownIn } from "./settings.js";

/** Files and folders that may not be read, and what the tests load that no Lua reads. */
export function unreadProblems(
  tests: readonly LuaFile[],
  followed: readonly Followed[],
  looking: Looking,
): Problem[] {
  const isMissed = followed.some(({ reached }) => reached.missing.length > 0);
  const folders = refusedIn(looking.config.cwd, tests.length === 0 || isMissed);
  return [...refusedProblems(folders, looking), ...syntaxProblems(followed, looking)];
}

/** A folder that has nothing to do with Lua is nobody's business, unless something is not found. */
function refusedIn(root: string, isAnywhere: boolean): RefusedFolder[] {
  const found = refusedFolders(root, entersOwn);
  const places = testFolders.map((each) => path.join(root, each));
  const isOfTests = (folder: string) =>
    places.some((place) => folder === place || folder.startsWith(`${place}${path.sep}`));
  return found.filter(({ folder }) => isAnywhere || isOfTests(folder));
}

function refusedProblems(folders: readonly RefusedFolder[], { config, files }: Looking): Problem[] {
  const shown = shownIn(config);
  const refused = [
    ...folders.map(({ folder, reason }) => ({ name: shown(folder) || ".", reason })),
    ...files.flatMap(({ name, file }) => {
      const reason = refusedFile(file);
      return reason === null ? [] : [{ name, reason }];
    }),
  ];
  return [...new Set(refused.map(({ reason }) => reason))].map((reason) => {
    const names = refused.filter((each) => each.reason === reason).map(({ name }) => name);
    const message = `${someOf(names)} cannot be read: ${reason}. Whoever runs the tests has to be allowed to.`;
    return { message, commands: [] };
  });
}

function syntaxProblems(followed: readonly Followed[], { config, texts }: Looking): Problem[] {
  const shown = shownIn(config);
  const files = [...new Set(followed.flatMap(({ reached }) => reached.files))];
  const wrong = files.filter((file) => texts.of(file)?.isLua === false);
  const told = wrong.slice(0, most).flatMap((file): Problem[] => {
    const problem = unrunnable(file);
    if (problem === null) return [];
    return [{ message: `${shown(file)} ${unrunnableText(problem)}.`, commands: [] }];
  });
  const rest = wrong.length - most;
  const message = `${counted(rest, "more file has", "more files have")} a syntax error.`;
  return rest > 0 ? [...told, { message, commands: [] }] : told;
}

const most = 5;
