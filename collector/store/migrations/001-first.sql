-- Times are milliseconds since 1970 (UTC) by the collector's clock unless a comment says otherwise.

-- Single values: salt, pseudonym key, the last moment this collector was known to run.
CREATE TABLE state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- What is known of a probe: never a name, a contact or an address.
CREATE TABLE probe (
  id TEXT PRIMARY KEY,
  public_key TEXT,                 -- null: known from an unsigned archive only
  role TEXT NOT NULL,
  asn INTEGER,
  region TEXT,
  access TEXT,
  own INTEGER NOT NULL DEFAULT 0,  -- runs beside this collector
  consent TEXT,                    -- version of the consent text that was accepted
  joined INTEGER NOT NULL,
  left_at INTEGER,
  revoked INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL,        -- wall clock of the last change, so that a running collector notices other processes
  software TEXT,
  seq INTEGER NOT NULL DEFAULT 0,  -- head of the stored chain
  hash TEXT NOT NULL,
  measurements INTEGER NOT NULL DEFAULT 0,
  measured INTEGER                 -- true time of the latest measurement
) STRICT;
CREATE INDEX probe_changed ON probe (changed);

CREATE TABLE invite (
  hash TEXT PRIMARY KEY,           -- SHA-256 of salt and code; the code itself is not kept
  role TEXT NOT NULL,
  region TEXT,
  asn INTEGER,
  access TEXT,
  own INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER,
  probe TEXT                       -- who used it, so that a repeated join gets the same answer
) STRICT;
CREATE INDEX invite_expires ON invite (expires);

-- Journal entries as they were signed. `id` grows with arrival, so inserts go to the end of the file.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  probe TEXT NOT NULL REFERENCES probe (id),
  seq INTEGER NOT NULL,
  received INTEGER NOT NULL,
  kind TEXT NOT NULL,
  target TEXT,                     -- what was measured; null for records about the probe itself
  at INTEGER NOT NULL,             -- true time as far as known: the probe's clock plus its offset
  text TEXT NOT NULL,              -- exact canonical JSON
  hash TEXT NOT NULL,
  UNIQUE (probe, seq)
) STRICT;
CREATE INDEX entry_received ON entry (received, probe, seq);
CREATE INDEX entry_measured ON entry (at, id) WHERE target IS NOT NULL;
CREATE INDEX entry_target ON entry (target, at, id) WHERE target IS NOT NULL;
CREATE INDEX entry_link ON entry (probe, seq) WHERE kind = 'link';

-- One signature covers an entry and, through the chain, all before it.
CREATE TABLE signature (
  probe TEXT NOT NULL REFERENCES probe (id),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (probe, seq)
) STRICT, WITHOUT ROWID;

-- Times during which a probe's beats arrived. `received` is when the silence after `to_at` was known; null: open.
CREATE TABLE presence (
  id INTEGER PRIMARY KEY,
  probe TEXT NOT NULL REFERENCES probe (id),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  received INTEGER,
  UNIQUE (probe, from_at)
) STRICT;
CREATE INDEX presence_to ON presence (to_at);
CREATE INDEX presence_open ON presence (probe) WHERE received IS NULL;

-- Judgements: derived, replaced when a measurement is judged again.
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  probe TEXT NOT NULL REFERENCES probe (id),
  seq INTEGER NOT NULL,
  target TEXT NOT NULL,
  asn INTEGER,
  region TEXT,
  measured INTEGER NOT NULL,
  code TEXT NOT NULL,
  verdict TEXT NOT NULL,           -- the whole verdict as JSON
  UNIQUE (probe, seq)
) STRICT;
CREATE INDEX verdict_measured ON verdict (measured, id);
CREATE INDEX verdict_target ON verdict (target, measured, id);

-- Rollup: the latest verdict of each probe on each target.
CREATE TABLE latest (
  probe TEXT NOT NULL REFERENCES probe (id),
  target TEXT NOT NULL,
  seq INTEGER NOT NULL,
  asn INTEGER,
  region TEXT,
  measured INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (probe, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX latest_measured ON latest (measured);

-- Incidents as they were known from `stored` until `until` (null: still). A change of substance makes a new revision.
CREATE TABLE incident (
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  until INTEGER,
  started INTEGER NOT NULL,
  ended INTEGER,
  incident TEXT NOT NULL,
  PRIMARY KEY (id, revision)
) STRICT;
CREATE INDEX incident_started ON incident (started, id);
CREATE INDEX incident_current ON incident (started, id) WHERE until IS NULL;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  added INTEGER NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER,
  event TEXT NOT NULL
) STRICT;
CREATE INDEX event_starts ON event (starts, id);

-- Times in which this collector did not run.
CREATE TABLE gap (
  from_at INTEGER PRIMARY KEY,
  to_at INTEGER NOT NULL
) STRICT;
CREATE INDEX gap_to ON gap (to_at);
