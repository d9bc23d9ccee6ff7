/**
 * The first schema. Vectors are BLOBs of little-endian numbers, a row a vector; `f32`, `i32`, `u8` and their shapes are
 * noted beside each. Times are ISO 8601 in UTC, `JSON` columns hold what the named zod schema in src/shared accepts.
 */
export const workspaceSchema = /* sql */ `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  elements INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  length INTEGER NOT NULL,
  minimum_barcodes INTEGER NOT NULL,
  adapters TEXT NOT NULL,               -- JSON Adapters
  report TEXT NOT NULL                  -- JSON ImportReport
) STRICT;

CREATE TABLE cell_types (
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  measured INTEGER NOT NULL,
  replicates INTEGER NOT NULL,
  mean REAL,
  sd REAL,
  replicate_r REAL,
  ceiling REAL,
  activities BLOB NOT NULL,             -- f32 [elements], NaN where not measured
  PRIMARY KEY (dataset, position),
  UNIQUE (dataset, name)
) STRICT;

CREATE TABLE replicates (
  dataset INTEGER NOT NULL,
  cell_type INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  activities BLOB NOT NULL,             -- f32 [elements], as in the file, NaN where absent
  barcodes BLOB,                        -- i32 [elements], -1 where absent
  PRIMARY KEY (dataset, cell_type, position),
  FOREIGN KEY (dataset, cell_type) REFERENCES cell_types (dataset, position) ON DELETE CASCADE
) STRICT;

CREATE TABLE elements (
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sequence TEXT NOT NULL,               -- as in the file, adapters included
  group_number INTEGER NOT NULL,        -- equal, reverse-complement and overlapping sequences share one
  PRIMARY KEY (dataset, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE unmatched_names (
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('sequence', 'activity')),
  cell_type TEXT NOT NULL,              -- empty on the side of the sequences
  name TEXT NOT NULL,
  PRIMARY KEY (dataset, side, cell_type, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE splits (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
  kind TEXT NOT NULL,
  seed INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  assignment BLOB NOT NULL,             -- u8 [elements], the part's index in parts
  groups INTEGER NOT NULL,
  leakage TEXT NOT NULL,                -- JSON Leakage
  UNIQUE (dataset, kind, seed)
) STRICT;

CREATE TABLE experiments (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES datasets,
  split INTEGER NOT NULL REFERENCES splits,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  experiment INTEGER NOT NULL REFERENCES experiments,
  variant TEXT NOT NULL,
  recipe TEXT NOT NULL,                 -- JSON Recipe
  seed INTEGER NOT NULL,
  state TEXT NOT NULL,
  queue_position INTEGER,               -- order among the queued; null once started
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  engine TEXT,
  versions TEXT NOT NULL DEFAULT '{}',  -- JSON name → version
  parameters INTEGER,
  epochs INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  rows_per_second REAL,
  message TEXT
) STRICT;
CREATE INDEX runs_by_experiment ON runs (experiment);
CREATE INDEX runs_by_state ON runs (state, queue_position);

CREATE TABLE epochs (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  train_loss REAL NOT NULL,
  validation_loss REAL,
  validation_pearson REAL,
  learning_rate REAL NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('resume', 'model')),
  epoch INTEGER NOT NULL,
  file TEXT NOT NULL,                   -- relative to the workspace's checkpoints folder
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (run, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE measures (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  part TEXT NOT NULL,
  cell_type TEXT NOT NULL,              -- 'all' for all rows together
  n INTEGER NOT NULL,
  mse REAL, rmse REAL, mae REAL, pearson REAL, spearman REAL, r2 REAL,
  PRIMARY KEY (run, part, cell_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE predictions (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  part TEXT NOT NULL,
  predicted BLOB NOT NULL,              -- f32 [elements of the part, cell types], elements in the dataset's order
  PRIMARY KEY (run, part)
) STRICT;

CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs,
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  cell_types TEXT NOT NULL,             -- JSON string[]
  model_length INTEGER NOT NULL,
  scored INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  seconds REAL NOT NULL DEFAULT 0,
  message TEXT
) STRICT;

CREATE TABLE scan_sequences (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  line INTEGER NOT NULL,
  length INTEGER NOT NULL,
  fitted TEXT,
  PRIMARY KEY (scan, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_scores (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  cell_type INTEGER NOT NULL,
  position INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (scan, cell_type, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_skipped (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (scan, position)
) STRICT, WITHOUT ROWID;
`
