import { existsSync } from "node:fs";
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";

/** What a mirror says of itself, for programs: `mirror.json`. `same` tells files apart that differ in more than the moment. */
export const MirrorIndex = z.object({
  format: z.literal("kuager-mirror/1"),
  madeAt: z.string(),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int(), same: z.string() })),
});
export type MirrorIndex = z.infer<typeof MirrorIndex>;

export const INDEX_FILE = "mirror.json";
const INDEX_BYTES_MAX = 64 * 1024 * 1024;

/** A folder in which a mirror is made, beside the earlier one. */
export type Place = {
  readonly earlier: MirrorIndex | null;
  /** Writes a file. */
  readonly write: (file: string, body: string | Uint8Array) => Promise<void>;
  /** Takes a file over from the earlier mirror, as it is there, with its time. False when it is not there. */
  readonly keep: (file: string) => Promise<boolean>;
  readonly read: (file: string) => Promise<string>;
  /** Removes a folder with what was only needed on the way. */
  readonly drop: (folder: string) => Promise<void>;
  /** Puts the new mirror in the place of the earlier one. */
  readonly commit: () => Promise<void>;
  /** Removes what was begun; the earlier mirror stays as it was. */
  readonly abandon: () => Promise<void>;
};

/**
 * Begins a mirror in `folder`. Errors: `usage` where something else lies there, `try_later` while another run makes it,
 * `cannot_write`.
 */
export async function beginPlace(folder: string): Promise<Place> {
  const dir = resolve(folder);
  const [making, old] = [`${dir}.making`, `${dir}.earlier`];
  return writing(dir, async () => {
    // A run that ended between the two renames left the earlier mirror beside its place.
    if (!existsSync(dir) && existsSync(old)) await rename(old, dir);
    const earlier = await readEarlier(dir);
    await claim(making);
    const there = new Set<string>();
    const inside = async (file: string) => {
      const path = join(making, file);
      const parent = dirname(path);
      if (!there.has(parent)) await mkdir(parent, { recursive: true });
      there.add(parent);
      return path;
    };
    return {
      earlier,
      write: (file, body) => writing(dir, async () => writeFile(await inside(file), body)),
      keep: async (file) => {
        const from = join(dir, file);
        if (!existsSync(from)) return false;
        await writing(dir, async () => linked(from, await inside(file)));
        return true;
      },
      drop: (part) => rm(join(making, part), { recursive: true, force: true }),
      read: (file) => readFile(join(making, file), "utf8"),
      commit: () =>
        writing(dir, async () => {
          await rm(join(making, CLAIM));
          await rm(old, { recursive: true, force: true });
          if (existsSync(dir)) await rename(dir, old);
          await rename(making, dir);
          await rm(old, { recursive: true, force: true });
        }),
      abandon: () => rm(making, { recursive: true, force: true }),
    };
  });
}

const CLAIM = ".process";

/** Takes the folder in which a mirror is made; one that a process left behind is cleared. */
async function claim(making: string): Promise<void> {
  const text = await readFile(join(making, CLAIM), "utf8").catch(() => "");
  if (text !== "" && isAlive(Number(text)))
    throw new CodedError(
      "try_later",
      `Another run (process ${Number(text)}) makes this mirror. Wait until it has ended.`,
    );
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await writeFile(join(making, CLAIM), String(process.pid), { flag: "wx" });
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

async function readEarlier(dir: string): Promise<MirrorIndex | null> {
  const names = await readdir(dir).catch((error) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  if (names.length === 0) return null;
  const index = await readIndex(dir);
  if (index === null)
    throw new CodedError("usage", `${dir} holds something that is no mirror. Name a new or an empty folder.`);
  return index;
}

/** What the mirror in a folder says of itself; null where there is none. */
export async function readIndex(dir: string): Promise<MirrorIndex | null> {
  const path = join(dir, INDEX_FILE);
  const there = await stat(path).catch(() => null);
  if (there === null || there.size > INDEX_BYTES_MAX) return null;
  const parsed = parseJson(MirrorIndex, await readFile(path, "utf8"));
  return parsed.ok ? parsed.value : null;
}

/** The same file under another name; a copy with its time where the file system has no links. */
async function linked(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
    const { atime, mtime } = await stat(from);
    await utimes(to, atime, mtime);
  }
}

async function writing<T>(dir: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = errorCode(error);
    if (error instanceof CodedError || code === undefined) throw error;
    throw new CodedError("cannot_write", `Cannot write the mirror ${dir} (${code}).`, { cause: error });
  }
}
