import { crc32, deflateRawSync } from "node:zlib";

/** One file of a zip made by hand: what its directory says may differ from what stands before the file. */
export type RawFile = {
  readonly name: string;
  readonly data: Buffer;
  readonly localName?: string;
  readonly method?: number;
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  /** Bytes put behind the file, which no directory names. */
  readonly behind?: Buffer;
  /** Where the directory says that the file begins; left out: where it does. */
  readonly at?: number;
};

const number = (bytes: number, value: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

/** A zip as a hostile hand might make it. */
export function rawZip(files: readonly RawFile[], { count = files.length }: { count?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { name, data, localName = name, method = 8, flags = 0x0800, behind = Buffer.alloc(0) } = file;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const { size = data.length, crc = crc32(data), at = offset } = file;
    const fields = (bytes: number) =>
      Buffer.concat([
        number(2, 20),
        number(2, flags),
        number(2, method),
        number(4, 0x0021_0000),
        number(4, crc),
        number(4, packed.length),
        number(4, size),
        number(2, bytes),
        number(2, 0),
      ]);
    const local = Buffer.concat([number(4, 0x04034b50), fields(Buffer.byteLength(localName)), Buffer.from(localName)]);
    directory.push(
      Buffer.concat([
        number(4, 0x02014b50),
        number(2, 20),
        fields(Buffer.byteLength(name)),
        Buffer.alloc(10),
        number(4, at),
        Buffer.from(name),
      ]),
    );
    parts.push(local, packed, behind);
    offset += local.length + packed.length + behind.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([
    ...parts,
    list,
    number(4, 0x06054b50),
    number(4, 0),
    number(2, count),
    number(2, count),
    number(4, list.length),
    number(4, offset),
    number(2, 0),
  ]);
}
