import { ProtocolServer } from "@vscode/debugadapter/lib/protocol.js";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** Reads and writes messages. The package's sessions end the process themselves, so that nothing else of it is used. */
export class MessageServer extends ProtocolServer {
  /** Hears all that comes. */
  onMessage: (message: DebugProtocol.ProtocolMessage) => void = () => {};

  override handleMessage(message: DebugProtocol.ProtocolMessage): void {
    this.onMessage(message);
  }
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
