import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const CONFIG = (folder: string) => `
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = one
[one]
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/ca.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`;

export type Authority = { readonly ca: string; readonly caFile: string; reply: (query: Uint8Array) => Buffer };

/** A time stamp authority of our own by openssl: a root, and a signer under it who may stamp and nothing else. */
export function makeAuthority(folder: string, purpose = "stamping"): Authority {
  const at = (name: string) => join(folder, name);
  const openssl = (...words: string[]) =>
    execFileSync("openssl", words, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  writeFileSync(at("openssl.cnf"), CONFIG(folder));
  writeFileSync(at("serial"), "01\n");
  for (const name of ["ca", "tsa"])
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at(`${name}.key`));
  openssl("req", "-new", "-key", at("ca.key"), "-subj", "/CN=Test root", "-out", at("ca.csr"));
  openssl(
    "x509",
    "-req",
    "-in",
    at("ca.csr"),
    "-signkey",
    at("ca.key"),
    "-days",
    "30",
    "-extfile",
    at("openssl.cnf"),
    "-extensions",
    "ca",
    "-out",
    at("ca.pem"),
  );
  openssl("req", "-new", "-key", at("tsa.key"), "-subj", "/CN=Test keeper of time", "-out", at("tsa.csr"));
  openssl(
    "x509",
    "-req",
    "-in",
    at("tsa.csr"),
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-days",
    "20",
    "-extfile",
    at("openssl.cnf"),
    "-extensions",
    purpose,
    "-out",
    at("tsa.pem"),
  );
  return {
    ca: readFileSync(at("ca.pem"), "utf8"),
    caFile: at("ca.pem"),
    reply: (query) => {
      writeFileSync(at("query.tsq"), query);
      openssl(
        "ts",
        "-reply",
        "-config",
        at("openssl.cnf"),
        "-section",
        "one",
        "-queryfile",
        at("query.tsq"),
        "-out",
        at("reply.tsr"),
      );
      return readFileSync(at("reply.tsr"));
    },
  };
}

export type Listening = { readonly url: string; readonly asked: string[]; close: () => Promise<void> };

/** A server on loopback; `answer` is given method, path and body. */
export async function listening(
  answer: (method: string, path: string, body: Buffer) => { status?: number; body: Uint8Array | string },
): Promise<Listening> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push(`${request.method} ${request.url}`);
      const { status = 200, body } = answer(request.method ?? "", request.url ?? "", Buffer.concat(parts));
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { url: `http://127.0.0.1:${port}`, asked, close };
}
