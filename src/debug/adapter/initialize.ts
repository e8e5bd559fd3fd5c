import type { DebugProtocol } from "@vscode/debugprotocol";
import * as v from "valibot";
import { badRequest } from "../../errors/debug.js";
import { request } from "./request.js";
import { update } from "./update.js";

const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsFunctionBreakpoints: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsDataBreakpoints: true,
  supportsBreakpointLocationsRequest: true,
  exceptionBreakpointFilters: [
    { filter: "uncaught", label: "Uncaught errors and failing tests", default: true },
    { filter: "all", label: "All errors", default: false },
  ],
  supportsExceptionInfoRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsLoadedSourcesRequest: true,
  supportsEvaluateForHovers: true,
  supportsClipboardContext: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: [".", ":"],
  supportsRestartRequest: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
};

const yes = v.optional(v.boolean(), true);
const no = v.optional(v.boolean(), false);

export const initialize = request(
  v.object({
    linesStartAt1: yes,
    columnsStartAt1: yes,
    pathFormat: v.optional(v.string(), "path"),
    supportsVariableType: no,
    supportsVariablePaging: no,
    supportsInvalidatedEvent: no,
  }),
  (session, given) => {
    if (given.pathFormat !== "path") throw badRequest("pathFormat", 'only "path" is understood');
    session.client = {
      firstLine: given.linesStartAt1 ? 1 : 0,
      firstColumn: given.columnsStartAt1 ? 1 : 0,
      showsTypes: given.supportsVariableType,
      hasPages: given.supportsVariablePaging,
      takesInvalidated: given.supportsInvalidatedEvent,
    };
    return capabilities;
  },
);

/** Which errors stop programs. */
export const setExceptionBreakpoints = request(
  v.object({ filters: v.array(v.string()) }),
  async (session, { filters }) => {
    const mode = filters.includes("uncaught") ? "uncaught" : "never";
    session.errors = filters.includes("all") ? "always" : mode;
    await update(session, "errors");
    return {};
  },
);

export const configurationDone = request(v.object({}), ({ configure }) => {
  configure();
  return {};
});
