-- What led to a number when: each state of a row of publication_member, with the moment from which it was so. What was
-- stored before is taken to have been so since its number's first version.
CREATE TABLE publication_member_past (
  number TEXT NOT NULL REFERENCES publication (number),
  id TEXT NOT NULL,
  since INTEGER NOT NULL,
  feeds INTEGER NOT NULL,
  only TEXT,
  except_parts TEXT NOT NULL,
  PRIMARY KEY (number, id, since)
) STRICT, WITHOUT ROWID;
INSERT INTO publication_member_past (number, id, since, feeds, only, except_parts)
  SELECT m.number, m.id, coalesce((SELECT min(v.published) FROM publication_version v WHERE v.number = m.number), p.created),
    m.feeds, m.only, m.except_parts
  FROM publication_member m JOIN publication p ON p.number = m.number;

-- Whether a version says that its number was withdrawn or merged, so that no text is read to learn it.
ALTER TABLE publication_version ADD COLUMN over INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER publication_version_kept;
UPDATE publication_version SET over = 1 WHERE json_extract(text, '$.change') IN ('tombstone', 'merged');
CREATE TRIGGER publication_version_kept BEFORE UPDATE ON publication_version
  BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE INDEX publication_version_head ON publication_version (number, version, published, over);
