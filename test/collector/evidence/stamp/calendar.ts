import { randomBytes } from "node:crypto";
import { type Listening, listening } from "./tsa.ts";

const PENDING = Buffer.from("83dfe30d2ef90c8e", "hex");
const BITCOIN = Buffer.from("0588960d73d71901", "hex");
const HEIGHT = 822_003;

export type Calendar = Listening & {
  /** From now on it knows the block that each promise ended in. */
  mine: () => void;
};

/** An OpenTimestamps calendar of our own: it promises, and later tells in which block of Bitcoin it put what it promised. */
export async function makeCalendar(): Promise<Calendar> {
  let mined = false;
  const self: { url: string } = { url: "" };
  const server = await listening((method, path) => {
    if (method === "POST" && path === "/digest") {
      const nonce = randomBytes(16);
      const name = Buffer.from(self.url);
      // Append a nonce, hash, and a promise to be found under the result.
      return {
        body: Buffer.concat([
          Buffer.of(0xf0, nonce.length),
          nonce,
          Buffer.of(0x08, 0x00),
          PENDING,
          Buffer.of(name.length + 1, name.length),
          name,
        ]),
      };
    }
    if (!mined || !path.startsWith("/timestamp/")) return { status: 404, body: "not yet" };
    const height = Buffer.of((HEIGHT & 0x7f) | 0x80, ((HEIGHT >> 7) & 0x7f) | 0x80, HEIGHT >> 14);
    const prefix = randomBytes(8);
    return {
      body: Buffer.concat([
        Buffer.of(0xf1, prefix.length),
        prefix,
        Buffer.of(0x08, 0x00),
        BITCOIN,
        Buffer.of(height.length),
        height,
      ]),
    };
  });
  self.url = server.url;
  return {
    ...server,
    mine: () => {
      mined = true;
    },
  };
}

export const BLOCK_HEIGHT = HEIGHT;
