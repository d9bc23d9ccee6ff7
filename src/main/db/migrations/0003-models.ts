/**
 * Imported models, what a run trained on, and which run it repeats. Scans are rebuilt, since each had to be of a run; their
 * sequences and scores refer to the table by its name and stay.
 */
export const modelsSchema = /* sql */ `
CREATE TABLE models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  removed_at TEXT,                      -- null while it is not in the bin
  file TEXT NOT NULL,                   -- the file's own name
  content BLOB NOT NULL,                -- the file, byte for byte (docs/model-format.md)
  sha256 TEXT NOT NULL UNIQUE,          -- of content
  weights_sha256 TEXT NOT NULL,
  description TEXT NOT NULL             -- JSON ModelDescription
) STRICT;

ALTER TABLE runs ADD COLUMN provenance TEXT;                          -- JSON Provenance; null before the start
ALTER TABLE runs ADD COLUMN reproduces INTEGER REFERENCES runs;       -- the run that it repeats

CREATE TABLE scans_of_models (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  run INTEGER REFERENCES runs,
  model INTEGER REFERENCES models,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  cell_types TEXT NOT NULL,             -- JSON string[]
  model_length INTEGER NOT NULL,
  scored INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  message TEXT,
  CHECK ((run IS NULL) <> (model IS NULL))
) STRICT;
INSERT INTO scans_of_models (id, name, run, state, created_at, cell_types, model_length, scored, skipped, seconds, message)
  SELECT id, name, run, state, created_at, cell_types, model_length, scored, skipped, seconds, message FROM scans;
DROP TABLE scans;
ALTER TABLE scans_of_models RENAME TO scans;
`
