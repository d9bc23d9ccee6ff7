/**
 * What a person says of a dataset (notes, tags, star, bin), where it comes from, labels of its elements, templates of
 * mappings, and splits with a name. Splits are rebuilt, since their key was their kind and seed.
 */
export const datasetsSchema = /* sql */ `
ALTER TABLE datasets ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE datasets ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';      -- JSON string[]
ALTER TABLE datasets ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE datasets ADD COLUMN binned_at TEXT;                       -- null while it is not in the bin
ALTER TABLE datasets ADD COLUMN origin TEXT;                          -- JSON Origin; null where an earlier version imported it

CREATE TABLE element_labels (
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,                   -- the column's, as in the file
  labels TEXT NOT NULL,                 -- JSON string[], each once
  codes BLOB NOT NULL,                  -- i32 [elements], the index in labels, -1 where empty
  PRIMARY KEY (dataset, position),
  UNIQUE (dataset, name)
) STRICT;

CREATE TABLE mapping_templates (
  name TEXT PRIMARY KEY,
  mapping TEXT NOT NULL,                -- JSON TableMapping
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE named_splits (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  seed INTEGER NOT NULL,
  settings TEXT NOT NULL DEFAULT '{}',  -- JSON SplitSettings without kind and seed; what has a default may be left out
  created_at TEXT NOT NULL,
  assignment BLOB NOT NULL,             -- u8 [elements], the part's index in parts
  groups INTEGER NOT NULL,
  leakage TEXT NOT NULL,                -- JSON Leakage, with LeakagePair[] as pairs
  UNIQUE (dataset, name)
) STRICT;
INSERT INTO named_splits (id, dataset, name, kind, seed, created_at, assignment, groups, leakage)
  SELECT id, dataset, 'By ' || kind || ', seed ' || seed, kind, seed, created_at, assignment, groups, leakage FROM splits;
DROP TABLE splits;
ALTER TABLE named_splits RENAME TO splits;
`
