import { joined, strictTextOf, utf8 } from "../../protocol/bytes.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { crc32, deflate, inflate } from "./deflate.ts";
import { type Files, isSafePath } from "./files.ts";
import { ZIP_WORDS, type ZipProblem, zipSentence } from "./zip-problems.ts";

/** 1 January 1980, the first day that the format knows: the same files give the same bytes on every day. */
const DOS_DATE = 0x0021;
const UTF8 = 0x0800;
const STREAMED = 0x0008;
const STORED = 0;
const DEFLATE = 8;
const VERSION = 20;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = 0x08074b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** Unpacked, all files together; a small file must not fill the memory. */
const UNPACKED_MAX = 1024 * 1024 * 1024;
const FILES_MAX = 10_000;

/**
 * Packs files as a zip (PKWARE APPNOTE 6.3, no extensions), in the order of their paths; gzipped ones are not packed twice,
 * which would cost more than it saves. The same files give the same bytes. Files of more than 4 GiB are not for this.
 */
export function packZip(files: Files): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = utf8(path);
    const method = path.endsWith(".gz") ? STORED : DEFLATE;
    const packed = method === STORED ? bytes : deflate(bytes);
    const common = headerOf(bytes, { method, packed: packed.length, name: name.length });
    const local = joined(little(4, LOCAL), common, name);
    const rest = [little(6, 0), little(4, 0o100644 * 65_536), little(4, offset)];
    directory.push(little(4, CENTRAL), little(2, 0x0300 + VERSION), common, ...rest, name);
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const list = joined(...directory);
  const counts = [little(4, 0), little(2, files.size), little(2, files.size)];
  const end = joined(little(4, END), ...counts, little(4, list.length), little(4, offset), little(2, 0));
  return joined(...parts, list, end);
}

/** Fields that stand both before a file and in the directory. */
function headerOf(
  bytes: Uint8Array,
  { method, packed, name }: { method: number; packed: number; name: number },
): Uint8Array {
  const first = [VERSION, UTF8, method, 0, DOS_DATE].map((value) => little(2, value));
  const sizes = [crc32(bytes), packed, bytes.length].map((value) => little(4, value));
  return joined(...first, ...sizes, little(2, name), little(2, 0));
}

/**
 * The files of a zip made by {@link packZip} or by another program without encryption. Error: `bad_input` for a damaged
 * or unusual file, a path that leads out, a path that stands twice, more than a gibibyte unpacked.
 */
export function unpackZip(zip: Uint8Array): Files {
  try {
    return readDirectory(zip);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw damaged("unreadable", { cause: error });
  }
}

function readDirectory(zip: Uint8Array): Files {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(zip, view);
  const count = view.getUint16(end + 10, true);
  if (count > FILES_MAX) throw damaged("tooMany");
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  const first = at;
  let [left, covered] = [UNPACKED_MAX, 0];
  for (let number = 0; number < count; number++) {
    if (view.getUint32(at, true) !== CENTRAL) throw damaged("directory");
    const sizes = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const [nameBytes = 0] = sizes;
    const path = strictTextOf(zip.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes));
    const { bytes, length } = readFile(zip, view, at, left);
    covered += length;
    left -= bytes.length;
    if (path === null || !isSafePath(path.replace(/\/$/, "")) || files.has(path)) throw damaged("path", { path });
    if (!path.endsWith("/")) files.set(path, bytes);
    at += CENTRAL_BYTES + sizes.reduce((sum, size) => sum + size, 0);
  }
  // What no file of the directory covers would be seen by no check of ours.
  if (at !== end || covered !== first) throw damaged("between");
  return files;
}

/** Where the directory's end begins: it must be the last of the file. */
function endOf(zip: Uint8Array, view: DataView): number {
  for (let end = zip.length - END_BYTES; end >= 0 && end >= zip.length - END_BYTES - 0xffff; end--)
    if (view.getUint32(end, true) === END) {
      if (zip.length !== end + END_BYTES + view.getUint16(end + 20, true)) throw damaged("after");
      return end;
    }
  throw damaged("noDirectory");
}

/** A file by its line of the directory, and how much of the zip it takes up. */
function readFile(zip: Uint8Array, view: DataView, entry: number, left: number): { bytes: Uint8Array; length: number } {
  const [crc = 0, packed = 0, size = 0] = [16, 20, 24].map((field) => view.getUint32(entry + field, true));
  const method = view.getUint16(entry + 10, true);
  const local = view.getUint32(entry + 42, true);
  if (size > left) throw damaged("tooLarge");
  if (view.getUint32(local, true) !== LOCAL) throw damaged("misplaced");
  const [nameBytes, extraBytes] = [view.getUint16(local + 26, true), view.getUint16(local + 28, true)];
  if (
    !sameName(zip, {
      entry: entry + CENTRAL_BYTES,
      local: local + LOCAL_BYTES,
      bytes: nameBytes,
      told: view.getUint16(entry + 28, true),
    })
  )
    throw damaged("twoNames");
  const start = local + LOCAL_BYTES + nameBytes + extraBytes;
  const data = zip.subarray(start, start + packed);
  if (method !== STORED && method !== DEFLATE) throw damaged("packing");
  const bytes = method === STORED ? data : inflate(data, size);
  if (bytes.length !== size || crc32(bytes) !== crc) throw damaged("checksum");
  return { bytes, length: start + packed + descriptorBytes(view, local, start + packed) - local };
}

/** Programs that pack as a stream tell sizes once more behind the file. */
function descriptorBytes(view: DataView, local: number, at: number): number {
  if ((view.getUint16(local + 6, true) & STREAMED) === 0) return 0;
  return view.getUint32(at, true) === DESCRIPTOR ? 16 : 12;
}

/** Other programs may show the name that stands before the file: it must be that of the directory. */
function sameName(zip: Uint8Array, at: { entry: number; local: number; bytes: number; told: number }): boolean {
  const [one, other] = [at.entry, at.local].map((from) => zip.subarray(from, from + at.bytes));
  return at.bytes === at.told && one !== undefined && one.every((byte, place) => byte === other?.[place]);
}

function damaged(problem: ZipProblem, { path, cause }: { path?: string | null; cause?: unknown } = {}): CodedError {
  return new CodedError("bad_input", zipSentence(ZIP_WORDS, problem, String(path)), { cause });
}

/** A number of so many bytes, the lowest first. */
function little(bytes: number, value: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => Math.floor(value / 2 ** (8 * at)) % 256);
}
