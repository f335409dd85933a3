-- What the program's data files said of an event when it was last put in from them: so that what editors changed or removed
-- since stays so when the program starts again.
CREATE TABLE preloaded_event (
  id TEXT NOT NULL PRIMARY KEY,
  event TEXT NOT NULL
) STRICT, WITHOUT ROWID;
