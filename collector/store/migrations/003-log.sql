-- The transparency log: one leaf for every entry, in the order of `entry.id`; written in the transaction of its entry.
-- `hash` is the leaf hash of RFC 9162 over the entry's text. Leaves of entries that were there before are added by
-- sqlite/log-writer.ts in the transaction of this migration.
CREATE TABLE log_leaf (
  leaf INTEGER PRIMARY KEY,        -- from 0, without a hole
  entry INTEGER NOT NULL,          -- id of the entry; grows with `leaf`, so it is found without an index of its own
  hash BLOB NOT NULL
) STRICT;

-- Roots of complete subtrees of 256^level leaves: what the tiles of C2SP tlog-tiles hold above level 0.
CREATE TABLE log_node (
  level INTEGER NOT NULL,
  node INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, node)
) STRICT, WITHOUT ROWID;

-- Signed heads of the log, as they were published.
CREATE TABLE log_checkpoint (
  size INTEGER PRIMARY KEY,
  made INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
