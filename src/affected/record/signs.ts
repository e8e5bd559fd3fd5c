import { readContent } from "../../files/files.js";
import { parseNewest } from "../../source/syntax.js";
import type { CoverRow } from "../../types.js";
import { reachOf } from "../covered.js";
import { callCounter } from "../text/callCounts.js";
import { functionAt, functionTree } from "../text/functionTree.js";
import { joinSigns, type ProgramSigns, signsOf, signsOfRead, type TextSign } from "../text/textSigns.js";
import type { RecordedInput, RecordedSource } from "./record.js";

/** Says what a test file may see besides what it executes, by all that it has loaded and read, and by what of that has run. */
export function createSigns(
  sources: readonly RecordedSource[],
): (inputs: readonly RecordedInput[], rows: readonly CoverRow[]) => ProgramSigns {
  const loaded = remembered(signsOfLoaded);
  const read = remembered(signsOfOpened);
  const calls = remembered((number: number) => callsAt(sources[number]));
  return (inputs, rows) => {
    const covered = [...new Set(rows.flatMap(({ covers }) => [...covers.keys()]))];
    const ofInput = ({ path, print, use }: RecordedInput): readonly TextSign[] => {
      if (use !== "loaded") return use === "opened" && print !== null ? read(path) : [];
      const own = covered.filter((each) => sources[each]?.path === path && sources[each]?.print === print);
      const hasRun = ({ at }: TextSign) =>
        own.length === 0 ||
        own.some((number) => {
          const count = calls(number)(at);
          return count === null || reachOf({ rows }, number, count) !== null;
        });
      return loaded(path).filter(hasRun);
    };
    return joinSigns(inputs.flatMap(ofInput));
  };
}

/** By the place in the text of a source, the count of calls of the function that it stands in; null for the main chunk. */
function callsAt(source: RecordedSource | undefined): (at: number) => number | null {
  const parsed = source === undefined ? null : parseNewest(source.text);
  if (source === undefined || parsed === null || !parsed.ok) return () => null;
  const main = functionTree(parsed.syntax);
  const callsOf = callCounter(source, main);
  return (at) => callsOf(functionAt(main, at));
}

/** What a test has made, loaded and removed, has only its own words. */
function signsOfLoaded(file: string): readonly TextSign[] {
  const text = contentOf(file);
  return text === null ? signsOf(notLua).filter(({ sight }) => sight !== "variable") : signsOf(text);
}

const notLua = Buffer.from("?");

function signsOfOpened(file: string): readonly TextSign[] {
  const text = contentOf(file);
  return text === null ? [] : signsOfRead(text);
}

function contentOf(file: string): Buffer | null {
  try {
    return readContent(file);
  } catch {
    return null;
  }
}

function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    return found;
  };
}
