/** What the scripts of shells call, with the words up to the one that is being typed. */
export const completionRequest = "__complete";

/** The same with words as they are typed, with quotes and backslashes, which bash and fish do not take away. */
export const quotedRequest = "__complete_quoted";

export const completionRequests: readonly string[] = [completionRequest, quotedRequest];
