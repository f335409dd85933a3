import type { FastifyInstance } from "fastify";
import type { Reader } from "../reader.ts";
import type { Pages } from "../types.ts";
import { addPage } from "./page.ts";
import { makeShown } from "./shown-views.ts";

/** `/embed/…`: charts for the frames of other pages, without script; paths below it are those of `shown-views.ts`. */
export function addEmbeds(app: FastifyInstance, reader: Reader, pages: Pages): void {
  addPage({ app, reader, pages }, "/embed/*", async ({ query, language, site, params }) =>
    makeShown(reader, pages.embeds, params["*"] ?? "", { query, language, site }),
  );
}
