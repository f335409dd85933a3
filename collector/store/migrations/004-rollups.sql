-- Counts that are written with what they count, in the same transaction, so that reading them never needs the rows.
-- Filled from what is stored by sqlite/rebuild-rollups.ts in the transaction of this migration.

-- A place of counting. Role, network, region and access as they were when counted: '' unknown, '*' all of them.
CREATE TABLE cell (
  cell INTEGER PRIMARY KEY,
  role TEXT NOT NULL,
  asn TEXT NOT NULL,
  region TEXT NOT NULL,
  access TEXT NOT NULL,
  UNIQUE (role, asn, region, access)
) STRICT;

-- Short names of probes, for `who` below. They say nothing outside this file.
CREATE TABLE probe_number (
  number INTEGER PRIMARY KEY,
  probe TEXT NOT NULL UNIQUE REFERENCES probe (id)
) STRICT;

ALTER TABLE verdict ADD COLUMN cell INTEGER REFERENCES cell (cell);
ALTER TABLE verdict ADD COLUMN since INTEGER NOT NULL DEFAULT 0;  -- when it was stored as it is

-- Verdicts as they were before they were judged again: what `as_of` reads. `verdict` is the id that the row has there.
CREATE TABLE verdict_past (
  id INTEGER PRIMARY KEY,
  verdict_id INTEGER NOT NULL,
  probe TEXT NOT NULL,
  seq INTEGER NOT NULL,
  target TEXT NOT NULL,
  asn INTEGER,
  region TEXT,
  measured INTEGER NOT NULL,
  code TEXT NOT NULL,
  verdict TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;
CREATE INDEX verdict_past_measured ON verdict_past (measured, verdict_id);
CREATE INDEX verdict_past_target ON verdict_past (target, measured, verdict_id);

-- Verdicts by hour and by day (UTC, counted from 1970), target, cell and code. `who`: how many of each probe
-- (sqlite/who.ts), so that probes are counted once however cells are added up, and a verdict that changes is moved.
CREATE TABLE verdict_hour (
  start INTEGER NOT NULL,
  target TEXT NOT NULL,
  cell INTEGER NOT NULL REFERENCES cell (cell),
  code TEXT NOT NULL,
  n INTEGER NOT NULL,
  who BLOB NOT NULL,
  PRIMARY KEY (start, target, cell, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdict_day (
  start INTEGER NOT NULL,
  target TEXT NOT NULL,
  cell INTEGER NOT NULL REFERENCES cell (cell),
  code TEXT NOT NULL,
  n INTEGER NOT NULL,
  who BLOB NOT NULL,
  PRIMARY KEY (start, target, cell, code)
) STRICT, WITHOUT ROWID;

ALTER TABLE presence ADD COLUMN cell INTEGER REFERENCES cell (cell);
-- Ends that are no silence: there an archive ended.
CREATE INDEX presence_unwatched ON presence (probe, to_at) WHERE received = to_at;

-- Smallest and largest number of probes present at once, by steps of `grain` minutes (5, 60, 1440; `start` counts them
-- from 1970) and cell, single cells and all sums over network, region and access. Where there is no row nobody was
-- present, or the collector did not run (table gap).
CREATE TABLE presence_count (
  grain INTEGER NOT NULL,
  cell INTEGER NOT NULL REFERENCES cell (cell),
  start INTEGER NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  PRIMARY KEY (grain, cell, start)
) STRICT, WITHOUT ROWID;

-- What became of incidents, numbered: readers that were away go on where they were.
CREATE TABLE incident_change (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  what TEXT NOT NULL
) STRICT;
