-- Times during which a probe's beats came over DNS while nothing else did: the host was up, its line was not. Apart from
-- `presence`, which counts as being there.
CREATE TABLE dns_presence (
  id INTEGER PRIMARY KEY,
  probe TEXT NOT NULL REFERENCES probe (id),
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  received INTEGER,
  cell INTEGER REFERENCES cell (cell), -- as in `presence`; not counted in its rollup
  UNIQUE (probe, from_at)
) STRICT;
CREATE INDEX dns_presence_to ON dns_presence (to_at);
CREATE INDEX dns_presence_open ON dns_presence (probe) WHERE received IS NULL;
