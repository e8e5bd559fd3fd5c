import type { Duplex } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { isEvent, isRequest, isResponse, MessageServer } from "./server.js";

/**
 * Hands an editor on to a run that is debugged elsewhere: what it has asked before is asked there again, in silence but for the last
 * request. Resolves when the other end is closed, to what it has not answered.
 */
export async function handOn(
  editor: MessageServer,
  elsewhere: Duplex,
  asked: readonly DebugProtocol.Request[],
): Promise<readonly DebugProtocol.Request[]> {
  const known = new Set(asked.slice(0, -1).map(({ seq }) => seq));
  const open = new Map<number, DebugProtocol.Request>();
  const other = new MessageServer();
  let isOver = false;
  other.onMessage = (message) => {
    if (isResponse(message)) {
      open.delete(message.request_seq);
      if (!known.has(message.request_seq)) editor.sendResponse({ ...message, seq: 0 });
    } else if (isEvent(message) && message.event !== "initialized") {
      isOver ||= message.event === "terminated";
      editor.sendEvent(message);
    }
  };
  other.on("error", () => {});
  other.start(elsewhere, elsewhere);
  const pass = (request: DebugProtocol.Request) => {
    const text = JSON.stringify(request);
    open.set(request.seq, request);
    elsewhere.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  editor.onMessage = (message) => {
    if (isRequest(message)) pass(message);
  };
  for (const each of asked) pass(each);
  // What is said when the other end is about to close is an error, and no matter.
  await new Promise((resolve) => elsewhere.once("close", resolve));
  if (!isOver) editor.sendEvent({ seq: 0, type: "event", event: "terminated" });
  return [...open.values()];
}
