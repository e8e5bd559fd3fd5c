import { ProtocolServer } from "@vscode/debugadapter/lib/protocol.js";
import type { DebugProtocol } from "@vscode/debugprotocol";

/**
 * Reads and writes messages. The package's sessions end the process themselves, so that nothing else of it is used. What is no message is
 * an event "error" of the package's, as is an end of the streams that nobody has asked for.
 */
export class MessageServer extends ProtocolServer {
  /** Hears all that comes. */
  onMessage: (message: DebugProtocol.ProtocolMessage) => void = () => {};

  /** Throws for any JSON that is no message, which the package has not looked at. */
  override handleMessage(message: DebugProtocol.ProtocolMessage): void {
    if (!isMessage(message)) throw new Error("it has no type, or not what messages of its type have");
    this.onMessage(message);
  }
}

/** What each kind of message has beside its type, by the protocol. */
const keys: Readonly<Record<string, string>> = {
  request: "command",
  response: "request_seq",
  event: "event",
};

function isMessage(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("type" in message)) return false;
  const { type } = message;
  const key = typeof type === "string" ? keys[type] : undefined;
  if (key === undefined) return false;
  return typeof Reflect.get(message, key) === (type === "response" ? "number" : "string");
}

/** What an editor has sent that is no message; null where an event "error" of the server is about its streams. */
export function faultOf(event: unknown): string | null {
  const body: unknown = typeof event === "object" && event !== null ? Reflect.get(event, "body") : null;
  const [, fault] = (typeof body === "string" && /^Error handling data: (.*)/s.exec(body)) || [];
  return fault ?? null;
}

export function isRequest(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Request {
  return message.type === "request";
}

export function isResponse(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Response {
  return message.type === "response";
}

export function isEvent(message: DebugProtocol.ProtocolMessage): message is DebugProtocol.Event {
  return message.type === "event";
}
