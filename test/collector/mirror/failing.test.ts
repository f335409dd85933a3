import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMirror } from "../../../collector/mirror/mirror.ts";
import { openScene, type Scene } from "../api/reader.ts";
import { T0 } from "../publication/scene.ts";
import { testPages } from "../test-collector.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene(T0);
});
afterAll(() => scene.close());

/** A site of one page, and one beside it that may fail. */
function site(say: { text: string; fails: boolean }) {
  const app = Fastify();
  app.get("/en", (_request, reply) =>
    reply.type("text/html").send(`<html lang="en"><a href="/en/about">${say.text}</a></html>`),
  );
  app.get("/en/about", (_request, reply) =>
    say.fails ? reply.code(500).send("a fault") : reply.type("text/html").send('<html lang="en">about</html>'),
  );
  return app;
}

test("a mirror of which one page fails ends with an error, and the earlier one stays as it was", async () => {
  const folder = join(scene.folder, "copy");
  const make = (say: { text: string; fails: boolean }) =>
    makeMirror({
      ...{ reader: scene.reader, app: site(say), pages: testPages, folder, base: null },
      bounds: { files: 100, bytes: 1e7, answerBytes: 1e6 },
      signal: new AbortController().signal,
    });
  await make({ text: "first", fails: false });
  await expect(make({ text: "second", fails: true })).rejects.toMatchObject({ code: "try_later" });
  expect(readFileSync(join(folder, "en/index.html"), "utf8")).toContain("first");
  expect(existsSync(join(folder, "en/about.html"))).toBe(true);
  expect(existsSync(`${folder}.making`)).toBe(false);
});
