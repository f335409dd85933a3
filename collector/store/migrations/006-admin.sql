-- People who run the collector. A name here is one they chose to sign in with; nothing of a volunteer stands here.
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL,
  password TEXT NOT NULL,              -- scrypt with its parameters and salt; never the password
  totp TEXT NOT NULL,                  -- secret of the one-time codes, base32
  totp_step INTEGER NOT NULL DEFAULT 0,-- time step of the last code taken: a code works once
  failures INTEGER NOT NULL DEFAULT 0, -- in a row
  retry INTEGER NOT NULL DEFAULT 0,    -- no password is tried before
  created INTEGER NOT NULL,
  disabled INTEGER
) STRICT;

CREATE TABLE passkey (
  id TEXT PRIMARY KEY,                 -- credential id, base64url
  account TEXT NOT NULL REFERENCES account (id),
  label TEXT NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  created INTEGER NOT NULL,
  used INTEGER
) STRICT;
CREATE INDEX passkey_account ON passkey (account);

CREATE TABLE session (
  hash TEXT PRIMARY KEY,               -- SHA-256 of the token in the cookie
  account TEXT NOT NULL REFERENCES account (id),
  created INTEGER NOT NULL,
  seen INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_created ON session (created);

-- What was done by whom, each row naming the hash of the one before. No row is ever changed or taken out.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  text TEXT NOT NULL,                  -- canonical JSON
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

-- When an event was first put on record here, and by which account (null: by a command).
CREATE TABLE event_entry (
  event TEXT PRIMARY KEY,
  entered INTEGER NOT NULL,
  editor TEXT
) STRICT, WITHOUT ROWID;

-- Who is told of incidents. The text holds addresses and keys of the people told: it is never logged or published.
CREATE TABLE alert_subscription (
  id TEXT PRIMARY KEY,
  created INTEGER NOT NULL,
  subscription TEXT NOT NULL
) STRICT;

-- The outbox: at most one row for each subscription, incident and phase, kept after it was sent.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  subscription TEXT NOT NULL REFERENCES alert_subscription (id) ON DELETE CASCADE,
  incident TEXT NOT NULL,
  phase TEXT NOT NULL,                 -- start, end
  state TEXT NOT NULL,                 -- waiting, sent, dead
  key TEXT NOT NULL,                   -- the same at every try, so that a receiver can tell a repeat
  message TEXT NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER NOT NULL,                -- not tried before
  tries INTEGER NOT NULL DEFAULT 0,
  finished INTEGER,
  problem TEXT,                        -- why the last try failed, without addresses and keys
  UNIQUE (subscription, incident, phase)
) STRICT;
CREATE INDEX alert_due ON alert (due, id) WHERE state = 'waiting';
CREATE INDEX alert_finished ON alert (finished) WHERE state <> 'waiting';

-- What other projects measured, as it was received.
CREATE TABLE outside_import (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,                -- ioda, radar, ooni
  address TEXT,                        -- null: a file whose address was not told
  licence TEXT NOT NULL,
  retrieved INTEGER NOT NULL,
  sha256 TEXT NOT NULL,                -- of the bytes as received
  size INTEGER NOT NULL,
  body BLOB NOT NULL,                  -- the bytes, gzipped
  UNIQUE (source, sha256)
) STRICT;

-- What those bytes say: derived, can be read again from the import.
CREATE TABLE outside_series (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES outside_import (id) ON DELETE CASCADE,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  series TEXT NOT NULL
) STRICT;
CREATE INDEX outside_series_to ON outside_series (to_at);
CREATE INDEX outside_series_import ON outside_series (import);
