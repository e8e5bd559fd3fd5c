/** The library that checks options. Who checks them hands it to the table, as flags and help do without it. */
export type Valibot = typeof import("valibot");
