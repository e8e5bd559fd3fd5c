/**
 * The coverage maps in a temp-dir, and what is known of the runs that left them. A run is written down when it
 * begins, which also says which maps it replaces; it leaves its map, with where that comes from beside it, and is
 * forgotten. So a killed run is known for one, and its map is whole or not there.
 */
export { coverageDoubts, shardDoubts } from "../store/doubts.js";
export { readCoverage } from "../store/read.js";
export { beginRun, type StoredRun } from "../store/storedRun.js";
