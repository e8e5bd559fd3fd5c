import { LuacovError } from "../../../errors.js";
import { commandWords } from "../commands/parse.js";
import { inFrame, type Session } from "../session.js";

/** What the end of a line could go on as, in whole words, and that end. */
export type Completion = [words: string[], end: string];

/** Completes commands at the start of a line, and names and fields of the program everywhere. */
export async function complete(session: Session, line: string): Promise<Completion> {
  const text = /[\w.:[\]"]*$/.exec(line)?.[0] ?? "";
  const end = /\w*$/.exec(text)?.[0] ?? "";
  const words = line.trim() === end ? commandWords.filter((word) => word.startsWith(end)) : [];
  return [[...new Set([...words, ...(await namesFor(session, text))])], end];
}

async function namesFor(session: Session, text: string): Promise<readonly string[]> {
  try {
    return await session.client.request({ command: "complete", text, ...inFrame(session) });
  } catch (error) {
    if (error instanceof LuacovError) return [];
    throw error;
  }
}
