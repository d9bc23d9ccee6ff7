/** What a person says of a run (name, notes, tags, star, bin), Pearson by cell type along its curve, and ensembles of runs. */
export const experimentsSchema = /* sql */ `
ALTER TABLE runs ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';          -- JSON string[]
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN binned_at TEXT;                           -- null while it is not in the bin

ALTER TABLE epochs ADD COLUMN cell_type_pearsons TEXT NOT NULL DEFAULT '[]'; -- JSON (number | null)[], in the dataset's order

CREATE TABLE ensembles (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  removed_at TEXT,                      -- null while it is not in the bin
  dataset INTEGER NOT NULL REFERENCES datasets,
  length INTEGER NOT NULL               -- bases that all of its members read
) STRICT;

CREATE TABLE ensemble_runs (
  ensemble INTEGER NOT NULL REFERENCES ensembles ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run INTEGER NOT NULL REFERENCES runs,
  PRIMARY KEY (ensemble, position),
  UNIQUE (ensemble, run)
) STRICT, WITHOUT ROWID;
`
