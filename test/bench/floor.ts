// A process that does with the probe's libraries what an idle probe does, and nothing else: the least memory that they
// leave. Words: the collector's WebSocket, an anchor (host:port:name), a resolver, a file of certificates, a folder.
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { connect, rootCertificates } from "node:tls";
import { setFlagsFromString } from "node:v8";

for (const setting of ["--semi-space-growth-factor=1", "--no-opt"]) setFlagsFromString(setting);
const [url = "", anchor = "", resolver = "", caFile = "", folder = ""] = process.argv.slice(2);
const { default: Sqlite } = await import("better-sqlite3");
const { default: packet } = await import("dns-packet");
const { pino } = await import("pino");
const { WebSocket } = await import("ws");

const database = new Sqlite(`${folder}/floor.sqlite`);
database.pragma("journal_mode = WAL");
database.exec("CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, text TEXT)");
database.prepare("INSERT OR REPLACE INTO entry VALUES (1, ?)").run("a");
pino({ level: "info" }, { write: () => {} }).info("a line");
new WebSocket(url, { perMessageDeflate: false }).on("error", () => {});
const [host = "", port = "", servername = ""] = anchor.split(":");
const ca = [...rootCertificates, readFileSync(caFile, "utf8")];
const secured = connect({ host, port: Number(port), servername, ca }, () => secured.end());
const asking = createSocket("udp4");
asking.connect(53, resolver, () => {
  asking.send(packet.encode({ type: "query", id: 1, questions: [{ type: "A", name: servername }] }));
});
asking.on("message", (data) => {
  packet.decode(data);
  asking.close();
});
setInterval(() => database.prepare("SELECT count(*) FROM entry").get(), 30_000);
