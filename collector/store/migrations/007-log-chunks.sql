-- Leaves of the transparency log, 32 hashes a row: the last row grows until it is full. A row of its own for every leaf
-- (log_leaf of 003) cost half as much again as storing the entry. sqlite/log-chunks.ts moves those that were there.
CREATE TABLE log_chunk (
  chunk INTEGER PRIMARY KEY,       -- from 0, without a hole
  hashes BLOB NOT NULL
) STRICT;

-- From this leaf on, entries follow each other: leaf + n is entry + n, until the next row.
CREATE TABLE log_run (
  leaf INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL           -- id of an entry; grows with `leaf`
) STRICT;
CREATE INDEX log_run_entry ON log_run (entry);

CREATE INDEX log_checkpoint_made ON log_checkpoint (made, size);

-- What witnesses signed below a head (C2SP tlog-cosignature): one line each.
CREATE TABLE log_cosignature (
  size INTEGER NOT NULL,
  witness TEXT NOT NULL,           -- its key, as name+hash+key
  made INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (size, witness)
) STRICT;
CREATE INDEX log_cosignature_witness ON log_cosignature (witness, size);

-- What others who keep time answered for a head, as it came.
CREATE TABLE log_stamp (
  size INTEGER NOT NULL,
  kind TEXT NOT NULL,              -- 'rfc3161' or 'ots'
  authority TEXT NOT NULL,         -- its address
  made INTEGER NOT NULL,
  note TEXT NOT NULL,              -- the head that was stamped, byte for byte
  answer BLOB NOT NULL,
  PRIMARY KEY (size, kind, authority)
) STRICT;
