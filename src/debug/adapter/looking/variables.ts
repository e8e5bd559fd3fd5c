/** Variables and what is in them, by pages of a hundred. */

import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { goneVariables } from "../../../errors/debug.js";
import type { InFrame, Value, Variable } from "../../protocol.js";
import { noteChange } from "../changes.js";
import { request, standing } from "../request.js";
import type { AdapterSession, Holder, Stop } from "../session.js";

const page = 100;

/** Numbers of pages are beyond those that a program gives. */
const firstPage = 2 ** 30;

/** Notes what has contents. Returns how an editor asks for them; `variablesReference` is 0 for what has none. */
export function hold(
  { client }: AdapterSession,
  { holders }: Stop,
  { reference, count }: Pick<Value, "reference" | "count">,
  frame: InFrame,
): { readonly variablesReference: number; readonly indexedVariables?: number } {
  if (reference !== 0) holders.set(reference, { reference, start: 1, count, frame });
  const isPaged = client.hasPages && count > page;
  return { variablesReference: reference, ...(isPaged ? { indexedVariables: count } : {}) };
}

export const variables = request(
  v.object({
    variablesReference: v.number(),
    filter: v.optional(v.picklist(["indexed", "named"])),
    start: v.optional(v.number(), 0),
    count: v.optional(v.number(), 0),
  }),
  async (session, { variablesReference, filter, start, count }) => {
    const { stop } = standing(session);
    const holder = holderOf(stop, variablesReference);
    // Whoever asks for pages knows all entries for indexed ones.
    if (filter === "named" && session.client.hasPages && holder.count > page) return { variables: [] };
    if (count === 0 && start === 0 && holder.count > page) return { variables: pagesOf(stop, holder) };
    const part = {
      ...holder,
      start: holder.start + start,
      count: count === 0 ? holder.count - start : count,
    };
    return { variables: await entriesOf(session, part) };
  },
);

export function holderOf({ holders }: Stop, id: number): Holder {
  const holder = holders.get(id);
  if (holder === undefined) throw goneVariables();
  return holder;
}

async function entriesOf(
  session: AdapterSession,
  { reference, start, count, frame }: Holder,
): Promise<DebugProtocol.Variable[]> {
  const { client, stop } = standing(session);
  const found = await client.request({ command: "variables", reference, start, count });
  return found.map((each) => shownVariable(session, stop, each, frame));
}

function shownVariable(
  session: AdapterSession,
  stop: Stop,
  variable: Variable,
  frame: InFrame,
): DebugProtocol.Variable {
  const { name, path, isShadowed } = variable;
  return {
    name: isShadowed ? `${name} (shadowed)` : name,
    ...shownValue(session, stop, variable, frame),
    ...(path === "" ? {} : { evaluateName: path }),
    // What has its name is another one.
    ...(isShadowed ? { presentationHint: { attributes: ["readOnly"] } } : {}),
  };
}

/** A value as all answers with one have it. */
export function shownValue(
  session: AdapterSession,
  stop: Stop,
  value: Value,
  frame: InFrame,
): {
  readonly value: string;
  readonly type?: string;
  readonly variablesReference: number;
  readonly indexedVariables?: number;
} {
  const type = session.client.showsTypes ? { type: value.type } : {};
  return { value: value.text, ...type, ...hold(session, stop, value, frame) };
}

/** For editors that ask for everything at once: parts, of which there are a hundred at most, and parts of these. */
function pagesOf({ holders }: Stop, holder: Holder): DebugProtocol.Variable[] {
  let size = page;
  while (size * page < holder.count) size *= page;
  return Array.from({ length: Math.ceil(holder.count / size) }, (_, index) => {
    const start = holder.start + index * size;
    const count = Math.min(size, holder.start + holder.count - start);
    const variablesReference = firstPage + holders.size;
    holders.set(variablesReference, { ...holder, start, count });
    return { name: `[${start}…${start + count - 1}]`, value: "", variablesReference };
  });
}

export const setVariable = request(
  v.object({ variablesReference: v.number(), name: v.string(), value: v.string() }),
  async (session, { variablesReference, name, value }) => {
    const { client, stop } = standing(session);
    const { reference, frame } = holderOf(stop, variablesReference);
    await noteChange(session, frame, `${name} = ${value}`);
    const set = await client.request({ command: "set", reference, name, text: value, ...frame });
    return shownValue(session, stop, set, frame);
  },
);
