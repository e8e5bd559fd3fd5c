import path from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { noSourceText } from "../../../errors/debug.js";
import { currentFolder, isFile, readContent } from "../../../files/files.js";
import { decodeName } from "../../../files/names.js";
import type { Frame } from "../../protocol.js";
import { request, standing } from "../request.js";
import type { AdapterSession } from "../session.js";

/** A file as programs name it. */
export function sourceOfFile(file: string): DebugProtocol.Source {
  return { name: path.basename(file), path: path.resolve(currentFolder(), file) };
}

/** Nothing for functions of C. */
export function sourceOfFrame(session: AdapterSession, frame: Frame): DebugProtocol.Source | undefined {
  if (frame.isC) return undefined;
  return frame.file === null ? sourceOfChunk(session, frame.source) : sourceOfFile(frame.file);
}

/** A text that a program has loaded, by the name that messages have. */
export function sourceOfChunk({ chunks }: AdapterSession, name: string): DebugProtocol.Source {
  if (!chunks.includes(name)) chunks.push(name);
  return { name, sourceReference: chunks.indexOf(name) + 1 };
}

const reference = v.optional(v.number(), 0);

/** The text of a file or a chunk. */
export const source = request(
  v.object({
    source: v.optional(v.object({ path: v.optional(v.string()), sourceReference: reference })),
    sourceReference: reference,
  }),
  async (session, given) => {
    const name = session.chunks[(given.source?.sourceReference || given.sourceReference) - 1];
    const content = name === undefined ? fileText(given.source?.path) : await chunkText(session, name);
    if (content === null) throw noSourceText(name ?? given.source?.path ?? "this source");
    return { content, mimeType: "text/x-lua" };
  },
);

function fileText(file: string | undefined): string | null {
  return file !== undefined && isFile(file) ? decodeName(readContent(file)) : null;
}

/** Null for one that the program does not know. Throws DEBUG while it runs. */
export async function chunkText(session: AdapterSession, name: string): Promise<string | null> {
  return standing(session).client.request({ command: "text", source: name });
}

/** What a program has loaded, which it tells while it stands still. */
export const loadedSources = request(v.object({}), async (session) => {
  const names = await standing(session).client.request({ command: "sources" });
  return { sources: names.map((name) => sourceNamed(session, name)) };
});

/** Messages name files and other chunks alike. */
export function sourceNamed(session: AdapterSession, name: string): DebugProtocol.Source {
  return isFile(path.resolve(currentFolder(), name)) ? sourceOfFile(name) : sourceOfChunk(session, name);
}
