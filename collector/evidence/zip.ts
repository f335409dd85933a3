import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Files, isSafePath } from "./files.ts";

/** 1 January 1980, the first day that the format knows: the same files give the same bytes on every day. */
const DOS_DATE = 0x0021;
const UTF8 = 0x0800;
const DEFLATE = 8;
const VERSION = 20;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Unpacked, all files together; a small file must not fill the memory. */
const UNPACKED_MAX = 1024 * 1024 * 1024;
const FILES_MAX = 10_000;

/**
 * Packs files as a zip (PKWARE APPNOTE 6.3, no extensions), in the order of their paths. The same files give the same
 * bytes. Files of more than 4 GiB are not for this.
 */
export function packZip(files: Files): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = Buffer.from(path, "utf8");
    const packed = deflateRawSync(bytes, { level: 9 });
    const common = headerOf(bytes, packed.length, name.length);
    const local = Buffer.concat([uint32(LOCAL), common, name]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(0o100644 * 65_536, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(uint32(CENTRAL), uint16(0x0300 + VERSION), common, rest, name);
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

/** Fields that stand both before a file and in the directory. */
function headerOf(bytes: Buffer, packed: number, name: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION, 0);
  header.writeUInt16LE(UTF8, 2);
  header.writeUInt16LE(DEFLATE, 4);
  header.writeUInt16LE(DOS_DATE, 8);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(name, 22);
  return header;
}

/**
 * The files of a zip made by {@link packZip} or by another program without encryption. Error: `bad_input` for a damaged
 * or unusual file, a path that leads out, a path that stands twice.
 */
export function unpackZip(zip: Buffer): Files {
  try {
    return readDirectory(zip);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw damaged("it cannot be read to its end", error);
  }
}

function readDirectory(zip: Buffer): Files {
  const end = zip.lastIndexOf(uint32(END));
  if (end === -1 || zip.length - end < 22) throw damaged("its directory is missing");
  // What lies beyond the directory would be seen by no check of ours.
  if (zip.length !== end + 22 + zip.readUInt16LE(end + 20)) throw damaged("bytes stand after its end");
  const count = zip.readUInt16LE(end + 10);
  if (count > FILES_MAX) throw damaged("it holds too many files");
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  let left = UNPACKED_MAX;
  for (let number = 0; number < count; number++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw damaged("its directory is damaged");
    const sizes = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const [nameBytes = 0] = sizes;
    const path = zip.toString("utf8", at + 46, at + 46 + nameBytes);
    if (!path.endsWith("/")) {
      if (!isSafePath(path) || files.has(path)) throw damaged(`it holds the path '${path}'`);
      const bytes = readFile(zip, at, left);
      left -= bytes.length;
      files.set(path, bytes);
    }
    at += 46 + sizes.reduce((sum, size) => sum + size, 0);
  }
  return files;
}

function readFile(zip: Buffer, entry: number, left: number): Buffer {
  const [method, packed, size, local] = [
    zip.readUInt16LE(entry + 10),
    zip.readUInt32LE(entry + 20),
    zip.readUInt32LE(entry + 24),
    zip.readUInt32LE(entry + 42),
  ];
  if (size > left) throw damaged("it is too large when unpacked");
  if (zip.readUInt32LE(local) !== LOCAL) throw damaged("a file is not where its directory says");
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + packed);
  if (method !== 0 && method !== DEFLATE) throw damaged("it is packed in a way not known here");
  const bytes = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  if (bytes.length !== size || crc32(bytes) !== zip.readUInt32LE(entry + 16))
    throw damaged("a file's checksum differs");
  return bytes;
}

function damaged(why: string, cause?: unknown): CodedError {
  return new CodedError("bad_input", `The zip is damaged or unusual: ${why}.`, { cause });
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
