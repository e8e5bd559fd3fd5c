/** What the scripts of shells call, with the words up to the one that is being typed. */
export const completionRequest = "__complete";
