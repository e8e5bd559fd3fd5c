export const rooms: readonly { readonly title: string; readonly pages: readonly string[] }[];
