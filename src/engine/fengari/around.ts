import type { Host } from "../host/host.js";
import type { Rewrite } from "./bind/bindLoad.js";
import type { ChunkCache } from "./chunks/chunkCache.js";
import type { Stop } from "./stop.js";

/** What is around the program of a state. A state that is opened ahead of its program gets this when that comes. */
export interface Around {
  host: Host;
  stop: Stop;
  /** What programs before this one have compiled; null where nothing is to be kept. */
  chunks: ChunkCache | null;
  rewrite: Rewrite;
}
