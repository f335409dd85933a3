// npm start: a collector on SQLite, one probe on this machine, and the page, from a fresh clone.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeReady, root } from "./ready.mjs";

const USAGE = "npm start -- [--port N] [--data DIR] [--admin-port N] [--no-probe] [--yes]";
const HELP = `Usage: ${USAGE}

Installs and builds what is missing, then runs a collector, a probe on this machine and the page.

  --port N         the page's port (default 8080)
  --data DIR       where records and logs are kept (default .kuager)
  --admin-port N   serve the administration on this port as well (default: closed)
  --no-probe       measure nothing here
  --yes            agree to take part without being asked
  --help           this text
`;
const say = (line) => process.stdout.write(`${line}\n`);
const { port, data, adminPort, probe: withProbe, yes } = readFlags();
const url = `http://127.0.0.1:${port}`;
const kuager = join(root, "dist/bin/kuager.js");
const children = new Set();
let stopping = false;

if (await taken(port)) {
  say(`Port ${port} is in use: is Kuager running already? Choose another with: npm start -- ${await otherWords()}`);
  process.exit(75);
}
makeReady(say);
mkdirSync(data, { recursive: true });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void stop(0));

say("Starting the collector …");
const collector = launch("collector", [
  "collector",
  "serve",
  "--data",
  join(data, "collector"),
  "--port",
  String(port),
  ...(adminPort === undefined ? [] : ["--admin-port", String(adminPort)]),
]);
collector.on("exit", (code) => stopping || failed("The collector", "collector", code));
await untilHealthy();
say(`The page is at ${url} (its languages: ${url}/kk ${url}/ru ${url}/en).`);
if (adminPort !== undefined)
  say(`The administration is at http://localhost:${adminPort} (an account first: kuager collector account --help).`);
if (withProbe) await startProbe();
say(`Records and logs are in ${data}. Press Ctrl-C to stop; the next start goes on where this one ended.`);

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string" },
        data: { type: "string" },
        "no-probe": { type: "boolean" },
        "admin-port": { type: "string" },
        yes: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const [port = 8080, adminPort] = [readPort("port", values.port), readPort("admin-port", values["admin-port"])];
    if (port === adminPort) throw new Error("--port and --admin-port want two ports, not one");
    const folder = values.data ?? join(root, ".kuager");
    return { port, adminPort, data: folder, probe: !values["no-probe"], yes: values.yes };
  } catch (error) {
    process.stderr.write(`${error.message}\nUsage: ${USAGE}\n`);
    process.exit(2);
  }
}

function readPort(name, text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new Error(`--${name} wants a number from 1 to 65535, not '${text}'`);
}

function taken(candidate) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: candidate }, () => resolve(true));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

/** The words that were given, with a port that is free and was given for nothing else. */
async function otherWords() {
  let other = port === 65535 ? 1024 : port + 1;
  while (other < 65535 && (other === adminPort || (await taken(other)))) other++;
  const words = process.argv.slice(2);
  const at = words.findLastIndex((word) => word === "--port" || word.startsWith("--port="));
  if (at < 0) words.push("--port", String(other));
  else if (words[at] === "--port") words[at + 1] = String(other);
  else words[at] = `--port=${other}`;
  return words.map((word) => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

function launch(name, args) {
  const log = createWriteStream(join(data, `${name}.log`), { flags: "w" });
  const child = spawn(process.execPath, [kuager, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  children.add(child);
  child.on("exit", () => children.delete(child));
  return child;
}

async function untilHealthy() {
  for (let attempt = 0; attempt < 600 && !stopping; attempt++) {
    const ok = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping) failed("The collector", "collector", null);
}

async function startProbe() {
  const folder = ["--data", join(data, "probe")];
  const status = JSON.parse(await output(["probe", "status", "--json", ...folder]));
  if (!status.joined) {
    const invite = JSON.parse(
      await output(["collector", "invite", "--own", "--json", "--data", join(data, "collector")]),
    );
    say("\nThis machine can be a witness too. Before anything is measured, read what that means:\n");
    const joined = await run([
      "probe",
      "join",
      invite.code,
      "--collector",
      url,
      ...folder,
      ...(process.stdin.isTTY && !yes ? [] : ["--yes"]),
    ]);
    if (joined !== 0) return say("No probe runs on this machine, and nothing is measured. The page stays up.");
  }
  const probe = launch("probe", ["probe", "run", ...folder]);
  probe.on("exit", (code) => {
    if (!stopping)
      say(`The probe has ended (code ${code}); its last words:\n${lastLines("probe")}\nThe page stays up.`);
  });
  say(
    "A probe runs on this machine: it looks at the state of its line every few seconds and at the sites every 15 minutes, give or take half a minute.",
  );
  say("Its first round begins within a minute; the page has first results of sites some ten minutes later.");
  say("Where the line is down, the page says so and since when, and the probe keeps recording.");
}

function output(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [kuager, ...args], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("close", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`kuager ${args.slice(0, 2).join(" ")} ended with code ${code}`)),
    );
  });
}

function run(args) {
  return new Promise((resolve) => {
    spawn(process.execPath, [kuager, ...args], { cwd: root, stdio: "inherit" }).on("close", resolve);
  });
}

function lastLines(name) {
  return readFileSync(join(data, `${name}.log`), "utf8")
    .trimEnd()
    .split("\n")
    .slice(-5)
    .join("\n");
}

function failed(what, name, code) {
  say(`${what} could not run (code ${code}); its last words:\n${lastLines(name)}`);
  void stop(code || 1);
}

/** The probe first, so that its last words still reach the collector. */
async function stop(code) {
  if (stopping) return;
  stopping = true;
  for (const child of [...children].reverse()) {
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), 10_000);
    while (children.has(child)) await new Promise((resolve) => setTimeout(resolve, 50));
    clearTimeout(kill);
  }
  process.exit(code);
}
