import { visible, visibleName } from "./files/visible.js";
import { closest, listed, someOf } from "./words.js";

export type ErrorCode =
  | "USAGE"
  | "CONFIG"
  | "NO_TESTS"
  | "NO_COVERAGE"
  | "UNKNOWN_REPORTER"
  | "BAD_TEST_REPORTER"
  | "BAD_COVERAGE_FILE"
  | "BAD_STATS_FILE"
  | "BAD_PROFILE_FILE"
  | "NOT_WRITABLE"
  | "NOT_WATCHABLE"
  | "DEBUG"
  | "GIT";

/** A mistake that a user can mend; its message is one sentence that says what was found and what to do. */
export class LuacovError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LuacovError";
    this.code = code;
  }
}

export const quoted = (texts: readonly string[]) => texts.map((text) => `"${visibleName(text)}"`).join(", ");
export const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** What a word may be for, in brackets. */
export function perhaps(word: string, known: readonly string[]): string {
  const near = closest(word, known);
  return near === null ? "" : ` (${near}?)`;
}

export function usage(message: string): LuacovError {
  return new LuacovError("USAGE", `${message}; see luacov-ts --help`);
}

export function noSuchScript(script: string, cwd: string): LuacovError {
  return new LuacovError("USAGE", `There is no Lua script "${visible(script)}" in ${visible(cwd)} to run`);
}

export function noSuchFolder(folder: string, cause: unknown): LuacovError {
  const reason = isAbsent(cause) ? "there is no such folder" : reasonOf(cause);
  return new LuacovError("USAGE", `Cannot go to ${visible(folder)}: ${reason}`, { cause });
}

export function noCurrentFolder(cause: unknown): LuacovError {
  const message = "The current folder is gone; go to one that is there, or name one by -C";
  return new LuacovError("USAGE", message, { cause });
}

export const isAbsent = (cause: unknown) =>
  cause instanceof Error && "code" in cause && cause.code === "ENOENT";

export function sandboxed(): LuacovError {
  const text =
    "cover runs a command of the system's, which --sandbox cannot hold; use it with run or with tests";
  return new LuacovError("CONFIG", text);
}

export function sandboxedLua(lua: string): LuacovError {
  const text = `--sandbox holds embedded Luas alone (5.1 to 5.5, fengari), and "${visible(lua)}" is a program of the system's: leave out one of the two`;
  return new LuacovError("CONFIG", text);
}

export function severalLuas(luas: readonly string[]): LuacovError {
  return new LuacovError(
    "CONFIG",
    `One program runs in one Lua, and lua is set to ${quoted(luas)}: choose one by --lua`,
  );
}

/** `file` names the Lua, if one does; `problem` goes on after its name; `found` are those that are there. */
export function unusableLua(
  lua: string,
  file: string | null,
  problem: string,
  found: readonly string[],
): LuacovError {
  const examples = found.length === 0 ? ", such as lua5.4, luajit or nvim" : ` (here ${found.join(", ")})`;
  const embedded = "5.1, 5.2, 5.3, 5.4, 5.5 or fengari, which are embedded";
  const advice = `lua takes ${embedded}, or a command that runs a Lua file${examples}`;
  const where = file === null ? "" : `, which is "lua" in ${visible(file)},`;
  const text = `"${visible(lua)}"${perhaps(lua, found)}${where} ${visible(problem)}; ${advice}`;
  return new LuacovError("CONFIG", text);
}

export function unknownKey(key: string, file: string, known: readonly string[]): LuacovError {
  const near = closest(key, known);
  const meant = near === null ? "" : `, perhaps "${near}"`;
  const text = `Unknown key "${key}" in ${visible(file)}${meant}; luacov-ts --help lists the keys`;
  return new LuacovError("CONFIG", text);
}

/** A key of an object that an option takes; `within` are the keys around it, and `known` those that it may have. */
export function unknownPart(
  key: string,
  within: readonly string[],
  file: string,
  known: readonly string[],
): LuacovError {
  const near = closest(key, known);
  const meant = near === null ? "" : `, perhaps "${near}"`;
  const text = `Unknown key "${visible(key)}" in ${within.map((each) => `"${visible(each)}"`).join(" of ")} in ${visible(file)}${meant}; there may be ${listed(known)}`;
  return new LuacovError("CONFIG", text);
}

/** `values` are what the key is known to take. */
export function wrongType(
  key: string,
  file: string,
  found: unknown,
  expected: string,
  values: readonly string[] = [],
): LuacovError {
  // JSON has no Infinity, which 1e400 is, and no NaN.
  const shown = typeof found === "number" ? String(found) : JSON.stringify(found);
  const near = nearOf([found].flat(), values);
  const meant = near === null ? "" : `, perhaps "${near}"`;
  const text = `"${key}" in ${visible(file)} is ${shown}, but must be ${expected}${meant}`;
  return new LuacovError("CONFIG", text);
}

/** What the first of some values is for that is none of those that are known. */
function nearOf(found: readonly unknown[], values: readonly string[]): string | null {
  const wrong = found.find((each) => typeof each === "string" && !values.includes(each));
  return typeof wrong === "string" ? closest(wrong, values) : null;
}

export function unreadableConfig(file: string, cause: unknown): LuacovError {
  return new LuacovError("CONFIG", `Cannot read the configuration ${visible(file)}: ${reasonOf(cause)}`, {
    cause,
  });
}

export function contradictoryTag(tag: string): LuacovError {
  return new LuacovError(
    "CONFIG",
    `The tag "${tag}" is in tags and in exclude-tags; it can be in one of them`,
  );
}

export function contradictoryFramework(framework: string, own: string, style: string): LuacovError {
  return new LuacovError(
    "CONFIG",
    `The framework ${framework} runs test files of the style ${own}, and style is ${style}: leave out one of the two`,
  );
}

export function crowdedHook(other: string): LuacovError {
  const reason = "both need Lua's hook, and what one executes in it would count for the other";
  return new LuacovError(
    "CONFIG",
    `max-instructions does not go with ${other}: ${reason}; leave one of them out`,
  );
}

export function sandboxedBusted(): LuacovError {
  const text =
    "--sandbox takes away functions of debug that an installed busted needs, which our own runner does not: leave out --framework or --sandbox";
  return new LuacovError("CONFIG", text);
}

/** `folders` are where it was looked for. */
export function missingFramework(
  framework: string,
  lua: string,
  version: string,
  folders: readonly string[],
): LuacovError {
  const least = framework === "busted" ? "2.0" : "3.2";
  const looked = someOf(folders.map(visibleName), folders.length);
  const text = `${visible(lua)} finds no ${framework} of ${least} or later, which is to run the tests, in ${looked}; ${installation(framework, version)} brings one, and lua-path or LUA_PATH name other folders`;
  return new LuacovError("CONFIG", text);
}

/** `problem` is what its loading said or did. */
export function unusableFramework(
  framework: string,
  lua: string,
  version: string,
  problem: string,
): LuacovError {
  const text = `${visible(lua)} cannot use the ${framework} that it finds: ${visible(problem)}; ${installation(framework, version)} brings one with all that it needs`;
  return new LuacovError("CONFIG", text);
}

const installation = (framework: string, version: string) =>
  `luarocks --lua-version ${version} install ${framework}`;

export function badGlob(pattern: string, cause: unknown): LuacovError {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern;
  return new LuacovError("CONFIG", `"${visible(shown)}" cannot be used as a glob: ${reasonOf(cause)}`);
}

export function badPattern(pattern: string, cause: unknown): LuacovError {
  return new LuacovError(
    "CONFIG",
    `"${visible(pattern)}" cannot be used as a Lua pattern: ${reasonOf(cause)}`,
  );
}

export function noTestAtLine(file: string, line: number, reason: string): LuacovError {
  return new LuacovError("NO_TESTS", `There is no test at line ${line} of ${visible(file)}: ${reason}`);
}

/** Of a file that runs before tests. */
export function unusableFile(kind: "helper" | "setup file", file: string, reason: string): LuacovError {
  return new LuacovError("CONFIG", `The ${kind} ${visible(file)} cannot be used: ${reason}`);
}

export function notUtf8(option: string, name: string): LuacovError {
  const text = `The option ${option} is ${visibleName(name)}, whose name is not UTF-8, so that nothing can be written there; rename it`;
  return new LuacovError("CONFIG", text);
}

export function noSuchRoot(root: string): LuacovError {
  return new LuacovError("CONFIG", `The project root ${visible(root)} (option cwd) is not a folder`);
}

export function unknownOption(flag: string, known: readonly string[]): LuacovError {
  const near = closest(flag, known);
  return usage(`Unknown option '${flag}'${near === null ? "" : `, perhaps ${near}`}`);
}

export function unknownShell(shell: string, known: readonly string[]): LuacovError {
  return usage(
    `completion knows no shell "${visible(shell)}"${perhaps(shell, known)}, but ${known.join(", ")}`,
  );
}

export function unknownTopic(topic: string, known: readonly string[]): LuacovError {
  const near = closest(topic, known);
  return usage(`There is no help on "${visible(topic)}"${near === null ? "" : `, perhaps on ${near}`}`);
}

/** `reasons` say of files that ran why they are not measured; none where that is not known. */
export function noCoverage(root: string, reasons: readonly string[] = []): LuacovError {
  const known = reasons.length === 0 ? "" : `${someOf(reasons)}; `;
  const text = `No coverage was collected: nothing that ran is a measured file under ${visible(root)}; ${known}--debug-files says why for each file, and "all" counts files that nothing loads`;
  return new LuacovError("NO_COVERAGE", text);
}

export function nothingLoaded(root: string): LuacovError {
  const text = `No coverage was collected: the tests loaded no other Lua file under ${visible(root)}; let them require what they test, or count files that nothing loads with --all`;
  return new LuacovError("NO_COVERAGE", text);
}

/** `wasKilled`: the last run was ended before it could leave a coverage map. */
export function noCoverageIn(folder: string, wasKilled: boolean): LuacovError {
  const reason = wasKilled
    ? "the last run did not come to its end; run luacov-ts again"
    : "it holds no coverage map (*.json); run luacov-ts with tests first, or name another folder with --temp-dir";
  const text = `No coverage found in ${visible(folder)}: ${reason}`;
  return new LuacovError("NO_COVERAGE", text);
}

/** `known` are the files that there is coverage of. */
export function noCoverageOfFile(file: string, folder: string, known: readonly string[]): LuacovError {
  const near = closest(file, known);
  const which =
    near === null ? `it has that of ${someOf(known.map(visibleName))}` : `perhaps ${visibleName(near)}`;
  const text = `There is no coverage of "${visible(file)}" in ${visible(folder)}; ${which}`;
  return new LuacovError("NO_COVERAGE", text);
}

export function notReadable(file: string): LuacovError {
  const text = `The source ${visible(file)} is not there any more, so that its lines cannot be shown`;
  return new LuacovError("NO_COVERAGE", text);
}

export function badCoverageFile(file: string, cause: unknown): LuacovError {
  const text = `${visible(file)} is not an Istanbul coverage map: ${reasonOf(cause)}; remove it, or run luacov-ts again`;
  return new LuacovError("BAD_COVERAGE_FILE", text, { cause });
}

export function badStatsFile(file: string, cause: unknown): LuacovError {
  const reason = isAbsent(cause) ? "there is no such file" : reasonOf(cause);
  const text = `${visible(file)} is not a stats file of LuaCov's: ${reason}; --stats takes what lua -lluacov has left, luacov.stats.out`;
  return new LuacovError("BAD_STATS_FILE", text, { cause });
}

export function notWatchable(folder: string, cause: unknown): LuacovError {
  return new LuacovError("NOT_WATCHABLE", `Cannot watch ${visible(folder)}: ${reasonOf(cause)}`, { cause });
}
