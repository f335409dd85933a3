// A server that speaks HTTP/2 where it is asked to: settings as JSON in the first argument. Ends with SIGTERM.
import { createSecureServer } from "node:http2";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";

const Settings = z.object({
  address: z.ipv4(),
  port: z.int(),
  certificate: z.string(),
  key: z.string(),
  pageBytes: z.int(),
});

const settings = parseJson(Settings, process.argv[2] ?? "");
if (!settings.ok) throw new Error(settings.problems.join("; "));
const { address, port, certificate, key, pageBytes } = settings.value;
const page = `<!doctype html><title>A page</title><body>${"x".repeat(pageBytes)}</body>\n`;
const server = createSecureServer({ cert: certificate, key, allowHTTP1: true }, (_request, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(page);
});
server.on("sessionError", () => {});
server.listen(port, address, () => process.stdout.write("listening\n"));
