import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { plainProblem } from "../../protocol/plain-problem.ts";
import { accountNamed, addAccount, type Entrance, renewAccount } from "../admin/accounts.ts";
import type { AuditAct } from "../admin/audit.ts";
import { AccountName, AdminRole, ROLES } from "../admin/roles.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { openExistingStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { writeDown } from "./write-down.ts";

const USAGE =
  "kuager collector account add|list|role|renew|unlock|disable [NAME] [ROLE] [--role ROLE] [--json] [--data DIR]";

const HELP = `${USAGE}

People who may sign in to the administration (serve --admin-port). A name need not be a person's: 'desk-2' will do.

  account add NAME --role ROLE   makes an account; prints its password and the secret of its one-time codes, once
  account list                   who there is
  account role NAME ROLE         changes what one may do
  account renew NAME             new password and secret, once more printed; ends all of its sessions
  account unlock NAME            ends the pause after wrong passwords
  account disable NAME           ends its sessions and lets it in no more

  ROLE   viewer    sees everything but keys
         editor    also events, reports, statements and legal bases
         reviewer  also publishes, holds, merges, splits and withdraws incidents
         operator  also probes, alerts, other projects' series, accounts and the threshold
`;

const OPTIONS = {
  ...DATA_OPTION,
  role: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

type Asked = { store: Store; name: string; role: string | undefined; io: Io; json: boolean };

/** `kuager collector account`. Errors: `usage`, `failed` for a name that is taken or unknown, the store's. */
export async function runAccount(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 3 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [verb, word, third] = words;
  const act = verb === undefined ? undefined : ACTS[verb];
  if (act === undefined) throw usageError(verb === undefined ? "Something is missing" : `There is no '${verb}'`, USAGE);
  const name = verb === "list" ? "" : readName(word);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    await act({ store, name, role: values.role ?? third, io, json: values.json === true });
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

const ACTS: Readonly<Record<string, (asked: Asked) => Promise<void>>> = {
  add: async ({ store, name, role, io, json }) =>
    tell(io, json, await addAccount(store.admin, { name, role: readRole(role) }, Date.now())),
  renew: async ({ store, name, io, json }) => tell(io, json, await renewAccount(store.admin, name, Date.now())),
  list: async ({ store, io, json }) => {
    const accounts = (await store.admin.accounts.all()).map(({ name, role, created, disabled }) => ({
      ...{ name, role, created: utc(created) },
      disabled: disabled === null ? null : utc(disabled),
    }));
    const lines = accounts.map(
      ({ name, role, disabled }) => `${name}\t${role}${disabled === null ? "" : "\tdisabled"}\n`,
    );
    io.out(json ? `${JSON.stringify({ accounts })}\n` : lines.join("") || "There is no account yet.\n");
  },
  role: async (asked) => {
    const role = readRole(asked.role);
    await changed(asked, "account changed", { role }, role);
  },
  unlock: (asked) => changed(asked, "account unlocked", { failures: 0, retry: 0 }),
  disable: async (asked) => {
    await changed(asked, "account disabled", { disabled: Date.now() });
    const { id } = await accountNamed(asked.store.admin.accounts, asked.name);
    await asked.store.admin.sessions.endOthers(id, null);
  },
};

type Change = Parameters<Store["admin"]["accounts"]["change"]>[1];

async function changed({ store, name, io, json }: Asked, act: AuditAct, change: Change, detail = ""): Promise<void> {
  const { id } = await accountNamed(store.admin.accounts, name);
  await store.admin.accounts.change(id, change);
  await writeDown(store, act, { subject: name, detail });
  io.out(json ? `${JSON.stringify({ name, ...change })}\n` : "Done.\n");
}

function readName(word: string | undefined): string {
  const name = AccountName.safeParse(word, { error: plainProblem });
  if (!name.success) throw usageError(`NAME: ${name.error.issues[0]?.message ?? "is missing"}`, USAGE);
  return name.data;
}

function readRole(word: string | undefined): AdminRole {
  const role = AdminRole.safeParse(word);
  if (!role.success) throw usageError(`ROLE must be one of ${ROLES.join(", ")}`, USAGE);
  return role.data;
}

async function tell(io: Io, json: boolean, entrance: Entrance): Promise<void> {
  if (json) return io.out(`${JSON.stringify(entrance)}\n`);
  const { renderUnicodeCompact } = await import("uqr");
  io.out(`Name:      ${entrance.name}
Password:  ${entrance.password}
Secret of the one-time codes, for an authenticator app: ${entrance.totp}

${renderUnicodeCompact(entrance.address, { border: 2 })}

Both are shown this once. The password can be changed, and passkeys added, after signing in.
`);
}
