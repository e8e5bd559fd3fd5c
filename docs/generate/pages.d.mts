export function generatedPages(): { readonly file: string; readonly text: string }[];
