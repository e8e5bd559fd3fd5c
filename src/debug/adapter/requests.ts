import { attach } from "./attach.js";
import { continueAll, next, pause, stepIn, stepOut } from "./going.js";
import { configurationDone, initialize, setExceptionBreakpoints } from "./initialize.js";
import { disconnect, launch, restart, terminate } from "./launch.js";
import { completions, evaluate, setExpression } from "./looking/evaluate.js";
import { loadedSources, source } from "./looking/sources.js";
import { exceptionInfo, scopes, stackTrace, threads } from "./looking/stack.js";
import { setVariable, variables } from "./looking/variables.js";
import type { RequestHandler } from "./request.js";
import { dataBreakpointInfo, setDataBreakpoints } from "./stopping/dataPoints.js";
import { breakpointLocations, setBreakpoints, setFunctionBreakpoints } from "./stopping/stopPoints.js";

/** What answers the requests of the Debug Adapter Protocol, by their commands. */
export const requests: ReadonlyMap<string, RequestHandler> = new Map([
  ["initialize", initialize],
  ["launch", launch],
  ["attach", attach],
  ["configurationDone", configurationDone],
  ["restart", restart],
  ["terminate", terminate],
  ["disconnect", disconnect],
  ["setBreakpoints", setBreakpoints],
  ["setFunctionBreakpoints", setFunctionBreakpoints],
  ["setExceptionBreakpoints", setExceptionBreakpoints],
  ["dataBreakpointInfo", dataBreakpointInfo],
  ["setDataBreakpoints", setDataBreakpoints],
  ["breakpointLocations", breakpointLocations],
  ["continue", continueAll],
  ["next", next],
  ["stepIn", stepIn],
  ["stepOut", stepOut],
  ["pause", pause],
  ["threads", threads],
  ["stackTrace", stackTrace],
  ["scopes", scopes],
  ["variables", variables],
  ["setVariable", setVariable],
  ["evaluate", evaluate],
  ["setExpression", setExpression],
  ["completions", completions],
  ["exceptionInfo", exceptionInfo],
  ["source", source],
  ["loadedSources", loadedSources],
]);
