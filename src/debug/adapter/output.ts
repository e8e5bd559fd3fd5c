import type { FileRun, Output, TestEvent, TestReporter, TestResult } from "../../types.js";
import { sourceOfFile } from "./looking/sources.js";
import type { AdapterSession } from "./session.js";

/** Lines for the console of an editor; with a place, they lead there. */
export function tellOutput(
  { tell, client }: AdapterSession,
  category: "console" | "stdout" | "stderr" | "important",
  output: string,
  place: { readonly file: string; readonly line: number } | null = null,
): void {
  const where =
    place === null ? {} : { source: sourceOfFile(place.file), line: place.line - 1 + client.firstLine };
  tell("output", { category, output, ...where });
}

/** Tells what programs write, and how their tests end. */
export function outputTeller(session: AdapterSession): TestReporter {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const write = ({ stream, bytes }: Output) =>
    tellOutput(session, stream, decoders[stream].decode(bytes, { stream: true }));
  return (event: TestEvent) => {
    if (event.kind === "output") write(event.output);
    if (event.kind === "test") tellResult(session, event.result);
  };
}

const words = { success: "ok", failure: "FAILED", error: "ERROR", pending: "pending" } as const;

function tellResult(session: AdapterSession, result: TestResult): void {
  const { names, status, message, traceback, failedAt, duration } = result;
  // A script that has come to its end says nothing more.
  if (names.length === 0 && status === "success") return;
  const name = names.length === 0 ? result.file : names.join(" ");
  const title = `${words[status]} ${name}${ranIn(result)} (${Math.round(duration)} ms)`;
  const lines = [title, message, traceback].filter((each) => each !== "");
  const category = status === "success" || status === "pending" ? "console" : "stderr";
  tellOutput(session, category, `${lines.join("\n")}\n`, failedAt);
}

function ranIn({ lua }: Pick<FileRun, "lua">): string {
  return lua === null ? "" : ` (${lua})`;
}
