import path from "node:path";

type Exists = (file: string) => boolean;

/**
 * A coverage map as one of the checkout at `to`: files under the root `from` count for those that have the same
 * place in `to`, where these exist. Without a known root that is what most of the missing files have in common
 * with files in `to`. Files in `to` stay what they are, and so does a map of a project around it or within.
 */
export function rebase<Data extends { readonly path: string }>(
  map: Readonly<Record<string, Data>>,
  from: string | null,
  to: string,
  exists: Exists,
): Readonly<Record<string, Data>> {
  const root =
    from ??
    commonRoot(
      Object.keys(map).filter((file) => !exists(file)),
      to,
      exists,
    );
  if (root === null || isUnder(root, to) || isUnder(to, root)) return map;
  const entries = Object.entries(map).map(([file, data]) => {
    const place = isUnder(file, to) ? null : placeUnder(root, file);
    const own = place === null ? null : path.join(to, ...place);
    return own === null || !exists(own) ? ([file, data] as const) : ([own, { ...data, path: own }] as const);
  });
  return Object.fromEntries(entries);
}

/**
 * A coverage map as one of the checkout at `to`, whatever of its files is still there: the root is the folder that most of
 * them would have.
 */
export function ofCheckout<Data extends { readonly path: string }>(
  map: Readonly<Record<string, Data>>,
  to: string,
  exists: Exists,
): Readonly<Record<string, Data>> {
  const votes = new Map<string, number>();
  for (const file of Object.keys(map)) {
    const root = isUnder(file, to) ? to : commonRoot([file], to, exists);
    if (root !== null) votes.set(root, (votes.get(root) ?? 0) + 1);
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  const root = best?.[0] ?? null;
  return root === null || root === to ? map : rebase(map, root, to, () => true);
}

/** The folder whose files have the same place in `to`, for all of them: the one nearest to the file system's root. */
function commonRoot(files: readonly string[], to: string, exists: Exists): string | null {
  const [first] = files;
  if (first === undefined) return null;
  const steps = segments(first);
  for (let length = 1; length < steps.length; length++) {
    const root = steps.slice(0, length).join("/");
    const places = files.map((file) => placeUnder(root, file));
    if (places.every((place) => place !== null && exists(path.join(to, ...place)))) return root;
  }
  return null;
}

function isUnder(file: string, folder: string): boolean {
  return placeUnder(folder, file) !== null;
}

/** The steps from a folder to a file; null for a file that is elsewhere. Paths may be of another system. */
function placeUnder(folder: string, file: string): string[] | null {
  const outer = segments(folder);
  const inner = segments(file);
  return outer.every((step, index) => step === inner[index]) ? inner.slice(outer.length) : null;
}

function segments(file: string): string[] {
  const parts = /^[A-Za-z]:[\\/]/.test(file) ? file.split(/[\\/]/) : file.split("/");
  return parts.length > 1 && parts.at(-1) === "" ? parts.slice(0, -1) : parts;
}
