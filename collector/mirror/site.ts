import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { CodedError } from "../../protocol/coded-error.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Pages } from "../api/types.ts";
import type { BundleShelf } from "../bundles/shelf.ts";
import type { Answer } from "./crawl.ts";
import type { Moments } from "./moment.ts";
import { fileOf } from "./names.ts";
import type { Shelf } from "./shelf.ts";

const BUNDLE = /^\/bundles\/(KZ-\d{4}-\d{4,6})-v([1-9]\d{0,5})\.zip$/;
const PICTURE = /^(\/(?:chart|card)\/[^?]+)\.png(\?.*)?$/;
const TEXT = /^text\/|json|xml|svg/;

export type SiteParts = {
  readonly app: FastifyInstance;
  readonly shelf: Shelf;
  readonly moments: Moments;
  readonly bundles: BundleShelf | undefined;
  readonly answerBytes: number;
  /** Draws an SVG document as PNG. */
  readonly png: Pages["png"];
};

/**
 * Asks the site for an address, without a network. Pictures that would be drawn as they were are not drawn again. Error:
 * `try_later` where the site itself fails: a mirror must not hold a hole where there is a page.
 */
export function createSite(parts: SiteParts): (address: string) => Promise<Answer> {
  return async (address) => {
    const [, number, version] = BUNDLE.exec(address) ?? [];
    if (number !== undefined) return bundle(parts, { number, version: Number(version) });
    const [, path, query = ""] = PICTURE.exec(address) ?? [];
    return path === undefined ? asked(parts, address) : picture(parts, address, `${path}.svg${query}`);
  };
}

async function asked({ app, moments }: SiteParts, url: string): Promise<Answer> {
  const { statusCode, headers, rawPayload } = await app.inject({ method: "GET", url });
  const { location } = headers;
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) return { is: "moved", to: location };
  if (statusCode >= 500)
    throw new CodedError(
      "try_later",
      `The site could not answer ${url} (status ${statusCode}). Make the mirror again.`,
    );
  if (statusCode !== 200) return { is: "none" };
  const type = String(headers["content-type"] ?? "");
  const same = TEXT.test(type) ? sha256Hex(moments.without(rawPayload.toString("utf8"))) : sha256Hex(rawPayload);
  return { is: "body", type, body: rawPayload, same };
}

async function picture(parts: SiteParts, address: string, drawing: string): Promise<Answer> {
  const drawn = await asked(parts, drawing);
  if (drawn.is !== "body") return drawn;
  const type = "image/png";
  const kept = await parts.shelf.reuse(fileOf(address, type), drawn.same);
  if (kept !== null) return { is: "kept", type, bytes: kept.bytes };
  return { is: "body", type, body: await parts.png(new TextDecoder().decode(drawn.body)), same: drawn.same };
}

/** The bundle of a version, if it was made: none is made for a mirror. */
async function bundle(
  { bundles, answerBytes }: SiteParts,
  wanted: { number: string; version: number },
): Promise<Answer> {
  const made = bundles?.find(wanted) ?? null;
  if (made === null) return { is: "none" };
  if (made.bytes > answerBytes) return { is: "large" };
  return { is: "body", type: "application/zip", body: await readFile(made.path), same: made.sha256 };
}
