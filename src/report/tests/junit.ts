import XMLBuilder from "fast-xml-builder";
import { printable, visibleName } from "../../files/visible.js";
import type { Output, Place, TestReporter, TestReporterContext, TestResult } from "../../types.js";
import { atEnd, type FileRecord, outputTexts, type RunRecord } from "./runRecord.js";
import { fullName, isFailed, isScript, runName } from "./text/texts.js";

/** What the builder makes an element of: attributes are marked with "@", the text is "#text". */
type Element = Readonly<Record<string, unknown>>;

/** A message as an attribute is for lists; the whole is in the element's text. */
const longestMessage = 2000;

const builder = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  format: true,
  suppressEmptyNode: true,
  // A test may be called "true".
  suppressBooleanAttributes: false,
  // The builder leaves line breaks in attributes, which readers turn into spaces.
  processEntities: false,
  tagValueProcessor: (_name, value) => escaped(String(value), /[&<>\r]/g),
  attributeValueProcessor: (_name, value) => escaped(String(value), /[&<>"\r\n\t]/g),
});

/** Writes one JUnit XML document at the end of the run: a suite for each file and round, a case for each test. */
export function createJunitReporter({ write }: TestReporterContext): TestReporter {
  return atEnd((run) => write(builder.build(documentOf(run))));
}

function documentOf(run: RunRecord): Element {
  const { totals, duration, files } = run;
  const testsuites = {
    "@name": "luacov-ts",
    "@tests": totals.success + totals.failure + totals.error + totals.pending,
    "@failures": totals.failure,
    "@errors": totals.error,
    "@time": seconds(duration),
    testsuite: files.map((file) => suiteOf(file, run)),
  };
  return { "?xml": { "@version": "1.0", "@encoding": "UTF-8" }, testsuites };
}

function suiteOf(record: FileRecord, run: RunRecord): Element {
  const { file, duration, results, outputs } = record;
  const count = (status: TestResult["status"]) => results.filter((each) => each.status === status).length;
  return {
    "@name": xmlText(runName(record)),
    "@tests": results.length,
    "@failures": count("failure"),
    "@errors": count("error"),
    "@skipped": count("pending"),
    "@time": seconds(duration),
    // In UTC; the schema has no zones.
    "@timestamp": run.startedAt.toISOString().slice(0, 19),
    "@file": xmlText(visibleName(file)),
    ...propertiesOf(record, run),
    testcase: results.map(caseOf),
    ...streamElement("system-out", "stdout", outputs),
    ...streamElement("system-err", "stderr", outputs),
  };
}

function propertiesOf({ results }: FileRecord, { seed }: RunRecord): Element {
  const isUnchanged = results.some(({ unchanged }) => unchanged === true);
  const property = [
    ...(seed === null ? [] : [{ "@name": "seed", "@value": seed }]),
    ...(isUnchanged ? [{ "@name": "unchanged", "@value": "true" }] : []),
  ];
  return property.length === 0 ? {} : { properties: { property } };
}

function caseOf(result: TestResult): Element {
  const { file, status, duration, place, message } = result;
  return {
    "@classname": className(file),
    "@name": xmlText(isScript(result) ? visibleName(file) : fullName(result)),
    "@time": seconds(duration),
    ...placeAttributes(place ?? result.failedAt, file),
    ...(status === "pending" ? { skipped: message === "" ? {} : { "@message": xmlText(message) } } : {}),
    ...(isFailed(result) ? { [status]: failureOf(result) } : {}),
  };
}

/** Readers make packages and classes of what is between dots. */
function className(file: string): string {
  return xmlText(visibleName(file))
    .replace(/\.lua$/, "")
    .split(/[\\/]+/)
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .join(".");
}

function placeAttributes(place: Place | null, file: string): Element {
  if (place === null) return { "@file": xmlText(visibleName(file)) };
  return { "@file": xmlText(visibleName(place.file)), "@line": place.line };
}

function failureOf({ status, message, traceback, excerpt }: TestResult): Element {
  const text = [message, excerpt, traceback].filter((part) => part !== "").join("\n\n");
  return {
    "@message": xmlText(shortened(message)),
    "@type": status,
    ...(text === "" ? {} : { "#text": xmlText(text) }),
  };
}

function shortened(message: string): string {
  return message.length <= longestMessage ? message : `${message.slice(0, longestMessage)}…`;
}

function streamElement(name: string, stream: Output["stream"], outputs: readonly Output[]): Element {
  const [written] = outputTexts(outputs.filter((output) => output.stream === stream));
  return written === undefined ? {} : { [name]: xmlText(written.text) };
}

/** In milliseconds. */
function seconds(duration: number): string {
  return (duration / 1000).toFixed(3);
}

/** Without the characters that XML 1.0 does not have, not even by their number. */
function xmlText(text: string): string {
  return printable(text).replace(/[\ufffe\uffff\p{Cs}]/gu, "\ufffd");
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
