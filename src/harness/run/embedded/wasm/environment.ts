import { withoutInit } from "../../../../engine/native/agent/luaInit.js";
import { logicalFolder } from "../../../../engine/native/logicalFolder.js";

/** The environment of a worker of PUC-Rio's Luas: what starts the agent comes with each job. */
export function environmentOfWorker(environment: NodeJS.ProcessEnv): Record<string, string> {
  return withoutAbsent({ ...withoutInit(environment), PWD: logicalFolder() });
}

/** A thread would have "undefined" for what is undefined. */
export function withoutAbsent(environment: NodeJS.ProcessEnv): Record<string, string> {
  const there = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(there);
}
