import * as v from "valibot";
import { badRequest, goneFrame, runsNow } from "../../errors/debug.js";
import type { InFrame } from "../protocol.js";
import type { AdapterSession, ShownProgram, Stop } from "./session.js";

/** Answers one kind of request with the body of a response. Throws LuacovError for what fails, in a sentence. */
export type RequestHandler = (session: AdapterSession, given: unknown) => Promise<object | undefined>;

type Body = object | undefined;

/** A handler for arguments of a shape. */
export function request<Schema extends v.GenericSchema>(
  schema: Schema,
  handle: (session: AdapterSession, given: v.InferOutput<Schema>) => Body | Promise<Body>,
): RequestHandler {
  return async (session, given) => {
    const read = v.safeParse(schema, given ?? {});
    if (!read.success)
      throw badRequest(v.getDotPath(read.issues[0]) ?? "its arguments", read.issues[0].message);
    return handle(session, read.output);
  };
}

/** A program that stands still. Throws DEBUG where there is none. */
export function standing({ program }: AdapterSession): ShownProgram & { readonly stop: Stop } {
  if (program === null || program.stop === null) throw runsNow();
  return { ...program, stop: program.stop };
}

/** What an editor calls a frame by a number of ours. Throws DEBUG for one of an earlier stop. */
export function frameOf({ frames }: Stop, id: number): InFrame {
  const found = frames.get(id);
  if (found === undefined) throw goneFrame();
  return found;
}
