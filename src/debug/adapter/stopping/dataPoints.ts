/** Variables and expressions whose change is to stop a program. */

import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { isExpression } from "../../luaText.js";
import type { Watched } from "../../protocol.js";
import { noteChanges } from "../changes.js";
import { lookedAt } from "../looking/evaluate.js";
import { holderOf } from "../looking/variables.js";
import { request, standing } from "../request.js";
import type { AdapterSession } from "../session.js";
import { update } from "../update.js";
import type { DataPoint } from "./points.js";
import { conditionsOf } from "./stopPoints.js";

const optionalText = v.optional(v.string());

/** Whether a variable, or an expression in a frame, can be watched. */
export const dataBreakpointInfo = request(
  v.object({
    variablesReference: v.optional(v.number(), 0),
    name: v.string(),
    frameId: v.optional(v.number()),
  }),
  async (session, { variablesReference, name, frameId }) => {
    const { stop } = standing(session);
    const watched =
      variablesReference === 0
        ? isExpression(name) && { expression: name, ...lookedAt(stop, frameId) }
        : await variableNamed(session, variablesReference, name);
    if (watched === null)
      return { dataId: null, description: `There is no variable "${name}" that can be watched` };
    if (watched === false) return { dataId: null, description: `No Lua reads the expression "${name}"` };
    const dataId = `${++session.points.count}`;
    stop.watchable.set(dataId, watched);
    const where = "expression" in watched ? " in this call" : "";
    return { dataId, description: `${name}${where}`, accessTypes: ["write"], canPersist: false };
  },
);

/** What is of a call is watched in it, by its name; null for what cannot be. */
async function variableNamed(session: AdapterSession, id: number, name: string): Promise<Watched | null> {
  const { client, stop } = standing(session);
  const { reference, frame } = holderOf(stop, id);
  const found = await client.request({ command: "watchable", reference, name });
  if (found === null || (found.isOfCall && found.path === "")) return null;
  return found.isOfCall ? { expression: found.path, ...frame } : { reference, name };
}

const wanted = v.object({
  dataId: v.string(),
  accessType: optionalText,
  condition: optionalText,
  hitCondition: optionalText,
});
type Wanted = v.InferOutput<typeof wanted>;

/** All that is watched, in place of what there was. */
export const setDataBreakpoints = request(
  v.object({ breakpoints: v.array(wanted) }),
  async (session, { breakpoints }) => {
    const points = breakpoints.map((each) => pointFor(session, each));
    session.points.data = points.filter((each) => typeof each !== "string");
    await update(session, "watch");
    session.points.data = session.points.data.map((each) => ({ ...each, watched: null }));
    return { breakpoints: points.map((each) => shownPoint(session, each)) };
  },
);

/** A sentence for what cannot be watched. */
function pointFor(session: AdapterSession, { dataId, accessType, ...given }: Wanted): DataPoint | string {
  const { points, program } = session;
  const known = points.data.find((each) => each.dataId === dataId);
  const watched = known?.watched ?? program?.stop?.watchable.get(dataId) ?? null;
  if (known === undefined && watched === null)
    return "What was to be watched is gone, as the program has gone on";
  if (accessType !== undefined && accessType !== "write") return "Only a change stops a program, not a look";
  const conditions = conditionsOf(given);
  if (typeof conditions === "string") return conditions;
  noteChanges(session, "what is watched", conditions);
  return {
    id: known?.id ?? ++points.count,
    dataId,
    watched: known === undefined ? watched : null,
    conditions,
  };
}

function shownPoint({ points }: AdapterSession, point: DataPoint | string): DebugProtocol.Breakpoint {
  if (typeof point !== "string") return { id: point.id, verified: true };
  return { id: ++points.count, verified: false, message: point };
}
