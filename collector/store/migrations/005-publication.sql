-- Numbers of published incidents. `place` is the order of publication within the year; a number is never given twice.
CREATE TABLE publication (
  number TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  place INTEGER NOT NULL,
  created INTEGER NOT NULL,
  held INTEGER NOT NULL DEFAULT 0,   -- a reviewer holds it: records make no version
  UNIQUE (year, place)
) STRICT;

-- Ids of the analysis that lead to a number. Those that feed it give its facts; the others are names it had before.
CREATE TABLE publication_member (
  number TEXT NOT NULL REFERENCES publication (number),
  id TEXT NOT NULL,
  feeds INTEGER NOT NULL,
  only TEXT,                         -- JSON: the part of the incident that was picked; null: all of it
  except_parts TEXT NOT NULL,        -- JSON: parts that were taken out
  PRIMARY KEY (number, id)
) STRICT;
CREATE INDEX publication_member_id ON publication_member (id);

-- Versions as they were published: canonical JSON, never changed. The rowid is the order of publication.
CREATE TABLE publication_version (
  number TEXT NOT NULL REFERENCES publication (number),
  version INTEGER NOT NULL,
  published INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (number, version)
) STRICT;
CREATE INDEX publication_version_published ON publication_version (published, number);
CREATE TRIGGER publication_version_kept BEFORE UPDATE ON publication_version
  BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER publication_version_stays BEFORE DELETE ON publication_version
  BEGIN SELECT RAISE(ABORT, 'a published version is never removed'); END;

-- Incidents without a number that reviewers keep from getting one.
CREATE TABLE publication_hold (
  id TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;

-- What reviewers did: append only. `act` is JSON.
CREATE TABLE review_act (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX review_act_subject ON review_act (subject, id);
CREATE TRIGGER review_act_kept BEFORE UPDATE ON review_act
  BEGIN SELECT RAISE(ABORT, 'an act of review never changes'); END;
CREATE TRIGGER review_act_stays BEFORE DELETE ON review_act
  BEGIN SELECT RAISE(ABORT, 'an act of review is never removed'); END;

-- What is known of the legal basis of blocks: versions, append only. `record` is JSON.
CREATE TABLE legal_basis (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- Questions to a public registry of prohibited resources, and the bytes of the answers, each kept once.
CREATE TABLE registry_answer (
  sha256 TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE registry_lookup (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  asked INTEGER NOT NULL,
  lookup TEXT NOT NULL,              -- JSON
  answer TEXT REFERENCES registry_answer (sha256)
) STRICT;
CREATE INDEX registry_lookup_target ON registry_lookup (target, id);

-- Who said what, when. A correction is a further revision; the earlier ones stay.
CREATE TABLE statement (
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  at INTEGER NOT NULL,
  statement TEXT NOT NULL,           -- JSON
  PRIMARY KEY (id, revision)
) STRICT;
