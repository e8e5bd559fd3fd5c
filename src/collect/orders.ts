/** Why a running program is to end; what the cell that threads share holds, 0 for nothing. */
export const orders = { interrupt: 1, timeout: 2 } as const;
