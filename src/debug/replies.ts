import * as v from "valibot";
import { badReply } from "../errors/debug.js";
import { decodeName } from "../files/names.js";
import type { BreakpointState, DebugEvent, Results, Thread, Value, Variable } from "./protocol.js";

/** A line of a program's debugger as it was read: what it tells unasked, or an answer whose result has yet to be looked at. */
export type RawReply =
  | { readonly kind: "event"; readonly event: DebugEvent }
  | { readonly kind: "result"; readonly request: number; readonly result: unknown }
  | { readonly kind: "error"; readonly request: number; readonly error: string };

const state = { id: v.number(), line: v.nullable(v.number()), problem: v.nullable(v.string()) };
const value = { type: v.string(), text: v.string(), reference: v.number(), count: v.number() };
const frame = {
  index: v.number(),
  name: v.string(),
  file: v.nullable(v.string()),
  source: v.string(),
  line: v.number(),
  isTail: v.boolean(),
  isC: v.boolean(),
};
const kinds = ["locals", "varargs", "upvalues", "globals"] as const;
const breakpointState: v.GenericSchema<unknown, BreakpointState> = v.object(state);
const plainValue: v.GenericSchema<unknown, Value> = v.object(value);
const variable: v.GenericSchema<unknown, Variable> = v.object({
  ...value,
  name: v.string(),
  path: v.string(),
  isShadowed: v.boolean(),
});
const thread: v.GenericSchema<unknown, Thread> = v.object({
  id: v.number(),
  status: v.picklist(["running", "suspended", "normal", "dead"]),
  isCurrent: v.boolean(),
  place: v.string(),
});

/** What each command gives. */
const results: { readonly [Name in keyof Results]: v.GenericSchema<unknown, Results[Name]> } = {
  go: v.null(),
  detach: v.null(),
  terminate: v.null(),
  breakpoints: v.array(breakpointState),
  errors: v.null(),
  skip: v.null(),
  watch: v.null(),
  watchable: v.nullable(v.object({ path: v.string(), isOfCall: v.boolean() })),
  threads: v.array(thread),
  frames: v.object({ frames: v.array(v.object(frame)), total: v.number() }),
  scopes: v.array(v.object({ kind: v.picklist(kinds), reference: v.number(), count: v.number() })),
  variables: v.array(variable),
  evaluate: v.object({ values: v.array(plainValue), shown: v.array(v.string()) }),
  set: plainValue,
  complete: v.array(v.string()),
  sources: v.array(v.string()),
  text: v.nullable(v.string()),
};

const reasons = ["entry", "step", "breakpoint", "pause", "error", "failure", "watch", "dbg"] as const;
const event: v.GenericSchema<unknown, DebugEvent> = v.variant("event", [
  v.object({
    event: v.literal("stopped"),
    reason: v.picklist(reasons),
    thread: v.number(),
    frame: v.number(),
    message: v.nullable(v.string()),
    breakpoints: v.array(v.number()),
  }),
  v.object({ event: v.literal("log"), text: v.string(), file: v.string(), line: v.number() }),
  v.object({ event: v.literal("breakpoint"), ...state }),
  v.object({ event: v.literal("source"), source: v.string() }),
  v.object({ event: v.literal("ready"), version: v.string() }),
  v.object({ event: v.literal("ended") }),
]);
const answer = v.union([
  v.object({ request: v.number(), error: v.string() }),
  v.object({ request: v.number(), result: v.unknown() }),
]);

const isAscii = /^[\x20-\x7e]*$/;

/** Reads a line of a program's debugger, whose texts become those of names. Throws DEBUG for anything else. */
export function readReply(line: string): RawReply {
  const content = parsed(line);
  const told = v.safeParse(event, content);
  if (told.success) return { kind: "event", event: told.output };
  const answered = v.safeParse(answer, content);
  if (!answered.success) throw badReply(line, "is neither an answer nor an event");
  const { output } = answered;
  return "error" in output ? { kind: "error", ...output } : { kind: "result", ...output };
}

/** The result of a command. Throws DEBUG for another one's. */
export function readResult<Name extends keyof Results>(name: Name, result: unknown): Results[Name] {
  const shape: v.GenericSchema<unknown, Results[Name]> = results[name];
  const read = v.safeParse(shape, result);
  if (read.success) return read.output;
  throw badReply(JSON.stringify(result) ?? "nothing", `is no result of the command ${name}`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line, (_, each) => (typeof each === "string" ? asText(each) : each));
  } catch {
    throw badReply(line, "is no JSON");
  }
}

/** Bytes, one to a character, as the text that they are; names of fields are ASCII. */
function asText(bytes: string): string {
  return isAscii.test(bytes) ? bytes : decodeName(Buffer.from(bytes, "latin1"));
}
