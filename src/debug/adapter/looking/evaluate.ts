/** What an editor asks a program that stands still, in Lua. */

import * as v from "valibot";
import { onlyExpressions } from "../../../errors/debug.js";
import { isExpression, mayChange } from "../../luaText.js";
import type { InFrame, Results } from "../../protocol.js";
import { noteChange } from "../changes.js";
import { frameOf, request, standing } from "../request.js";
import type { AdapterSession, Stop } from "../session.js";
import { shownValue } from "./variables.js";

/** How deep tables are shown in the console, and on the clipboard. */
const depth = 3;
const depthOfCopies = 20;

const frameId = v.optional(v.number());

/** Statements are for the console alone: whoever looks at a value changes nothing. */
export const evaluate = request(
  v.object({ expression: v.string(), frameId, context: v.optional(v.string(), "repl") }),
  async (session, { expression, frameId, context }) => {
    const { client, stop } = standing(session);
    const frame = lookedAt(stop, frameId);
    if (context !== "repl" && !isExpression(expression)) throw onlyExpressions();
    if (mayChange(expression)) await noteChange(session, frame, expression);
    const levels = context === "clipboard" ? depthOfCopies : depth;
    const found = await client.request({ command: "evaluate", text: expression, depth: levels, ...frame });
    if (context === "repl" && session.client.takesInvalidated && !isExpression(expression))
      session.tell("invalidated", { areas: ["variables"] });
    const isWhole = context === "repl" || context === "clipboard";
    return shownResult(session, stop, found, frame, isWhole);
  },
);

/** Several values are shown, but have one reference: none of them is opened. */
function shownResult(
  session: AdapterSession,
  stop: Stop,
  { values, shown }: Results["evaluate"],
  frame: InFrame,
  isWhole: boolean,
): object {
  const [first, ...others] = values;
  const result = isWhole ? shown.join("\n") : values.map(({ text }) => text).join(", ");
  if (first === undefined || others.length > 0) return { result, variablesReference: 0 };
  const { value: _, ...about } = shownValue(session, stop, first, frame);
  return { result, ...about };
}

/** Assigns to what an expression names. */
export const setExpression = request(
  v.object({ expression: v.string(), value: v.string(), frameId }),
  async (session, { expression, value, frameId }) => {
    const { client, stop } = standing(session);
    const frame = lookedAt(stop, frameId);
    if (!isExpression(expression) || !isExpression(value)) throw onlyExpressions();
    const text = `${expression} = ${value}`;
    await noteChange(session, frame, text);
    await client.request({ command: "evaluate", text, depth: 1, ...frame });
    const { values } = await client.request({ command: "evaluate", text: expression, depth: 1, ...frame });
    const [first] = values;
    return first === undefined ? { value: "nil" } : shownValue(session, stop, first, frame);
  },
);

/** Names that go on where the cursor is. */
export const completions = request(
  v.object({ text: v.string(), column: v.number(), line: v.optional(v.number()), frameId }),
  async (session, given) => {
    const { client, stop } = standing(session);
    const { firstLine, firstColumn } = session.client;
    const lines = given.text.split("\n").slice(0, (given.line ?? firstLine) - firstLine + 1);
    const text = (lines.at(-1) ?? "").slice(0, given.column - firstColumn);
    const names = await client.request({ command: "complete", text, ...lookedAt(stop, given.frameId) });
    const begun = /\w*$/.exec(text)?.[0].length ?? 0;
    const start = text.length - begun + firstColumn;
    return { targets: names.map((label) => ({ label, start, length: begun })) };
  },
);

/** Without a frame, the one that is shown first. */
export function lookedAt(stop: Stop, id: number | undefined): InFrame {
  return id === undefined ? { thread: stop.event.thread, frame: stop.event.frame } : frameOf(stop, id);
}
