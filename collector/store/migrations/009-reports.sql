-- What press and NGOs reported, as editors recorded it, beside the reports of the data files; one with the id of a file's
-- stands in its place. A correction is a further revision, a withdrawal too: what was once shown stays on record.
CREATE TABLE report (
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,        -- 1: `report` is what was withdrawn
  report TEXT NOT NULL,              -- JSON
  PRIMARY KEY (id, revision)
) STRICT;
CREATE TRIGGER report_kept BEFORE UPDATE ON report
  BEGIN SELECT RAISE(ABORT, 'a revision of a report never changes'); END;
CREATE TRIGGER report_stays BEFORE DELETE ON report
  BEGIN SELECT RAISE(ABORT, 'a revision of a report is never removed'); END;
