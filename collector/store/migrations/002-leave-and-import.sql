-- When a probe last said that it leaves, by its own account: an older request is a replay.
ALTER TABLE probe ADD COLUMN leave_said INTEGER;

-- What was taken in from files that carry no chain of ours (OONI reports), by a key made from the content: once only.
CREATE TABLE imported (
  key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
