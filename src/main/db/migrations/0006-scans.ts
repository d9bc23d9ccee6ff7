/**
 * Scans stand by themselves: what they were scored with, how, and from which file is kept in them, so that a run or a model
 * can be deleted and its scans stay. They are rebuilt, since they referred to both. Sequences keep their bases and what makes
 * a score doubtful; long ones have their windows in pieces. Scans of an earlier version scored the middle of long sequences,
 * kept no bases and compared with nothing, and their options say so.
 */
export const scansSchema = /* sql */ `
CREATE TABLE scans_by_themselves (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  models TEXT NOT NULL,                 -- JSON ScanModel[], without whether they are available
  columns TEXT NOT NULL,                -- JSON ScanColumn[]
  target TEXT NOT NULL,
  options TEXT NOT NULL,                -- JSON ScanOptions; what has a default may be left out
  layout TEXT NOT NULL,
  file TEXT NOT NULL,                   -- the file's own name
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  binned_at TEXT,                       -- null while it is not in the bin
  model_length INTEGER NOT NULL,
  window_length INTEGER NOT NULL,       -- bases from a window's start to its end
  scored INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  records INTEGER,                      -- of the file; null where nobody has counted them
  windows INTEGER NOT NULL DEFAULT 0,
  assessed INTEGER NOT NULL DEFAULT 0,  -- of the scored ones, those whose doubts (scan_doubts) were looked for
  seconds REAL NOT NULL DEFAULT 0,
  message TEXT
) STRICT;
INSERT INTO scans_by_themselves (id, name, models, columns, target, options, layout, file, state, created_at, model_length, window_length,
    scored, skipped, assessed, records, seconds, message)
  WITH described AS (
    SELECT scans.*,
      CASE WHEN scans.run IS NULL THEN json_object('model', scans.model) ELSE json_object('run', scans.run) END AS reference,
      CASE WHEN scans.run IS NULL THEN models.name || ', imported' ELSE runs.variant || ', trained on ' || datasets.name END AS model_name,
      coalesce(json_extract(runs.recipe, '$.target'), json_extract(models.description, '$.target.kind'), 'log2') AS target
    FROM scans
    LEFT JOIN runs ON runs.id = scans.run
    LEFT JOIN experiments ON experiments.id = runs.experiment
    LEFT JOIN datasets ON datasets.id = experiments.dataset
    LEFT JOIN models ON models.id = scans.model
  )
  SELECT id, name,
    json_array(json_object('reference', json(reference), 'name', model_name, 'target', target, 'cellTypes', json(cell_types),
      'length', model_length, 'members', 1)),
    (SELECT json_group_array(json_object('key', value, 'model', 0, 'cellType', value) ORDER BY key) FROM json_each(described.cell_types)),
    target,
    '{"long":"middle","shortest":1,"ambiguousShare":1,"shuffled":0}',
    'fasta', name, state, created_at, model_length, model_length, scored, skipped, scored,
    CASE WHEN state = 'completed' THEN scored + skipped END, seconds, message
  FROM described;
DROP TABLE scans;
ALTER TABLE scans_by_themselves RENAME TO scans;

-- Beside sequences and scores, in the same order; all null in a scan of an earlier version.
ALTER TABLE scan_chunks ADD COLUMN spread BLOB;    -- f32 [sequences, columns], NaN for columns of one member; null without an ensemble
ALTER TABLE scan_chunks ADD COLUMN gc BLOB;        -- f32 [sequences], NaN without A, C, G or T
ALTER TABLE scan_chunks ADD COLUMN flags BLOB;     -- u8 [sequences], a bit each in the order of scoreFlags
ALTER TABLE scan_chunks ADD COLUMN bases BLOB;     -- packed (packBases.ts), those cut into windows left out

-- What a chunk's sequences are compared with takes longer than scoring them: it is found afterwards, where the training part is known.
CREATE TABLE scan_doubts (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  start INTEGER NOT NULL,               -- the chunk's
  distance BLOB NOT NULL,               -- f32 [sequences], 0 to 100; NaN where not known
  flags BLOB NOT NULL,                  -- u8 [sequences], as those of the chunk and beside them
  PRIMARY KEY (scan, start)
) STRICT;

-- Of a sequence that is cut into windows: its windows' scores and its bases, one piece or several.
CREATE TABLE scan_pieces (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- the sequence's
  first_window INTEGER NOT NULL,
  windows INTEGER NOT NULL,
  first_base INTEGER NOT NULL,
  bases INTEGER NOT NULL,
  scores BLOB NOT NULL,                 -- f32 [windows, columns]
  spread BLOB,                          -- the same; null without an ensemble
  packed BLOB NOT NULL,                 -- packed (packBases.ts)
  PRIMARY KEY (scan, position, first_window, first_base)
) STRICT;

-- What scores are compared with, in ascending order: the activities measured in the training part, or the scores of shuffled sequences.
CREATE TABLE scan_backgrounds (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('training', 'shuffled')),
  position INTEGER NOT NULL,            -- the column's
  scores BLOB NOT NULL,                 -- f32
  PRIMARY KEY (scan, kind, position)
) STRICT;

-- Where a scan that may go on reads from; gone once it has ended for good.
CREATE TABLE scan_sources (
  scan INTEGER PRIMARY KEY REFERENCES scans ON DELETE CASCADE,
  source TEXT NOT NULL,                 -- JSON Source
  fingerprint TEXT NOT NULL             -- of what was read (fingerprintSource.ts)
) STRICT;

CREATE TABLE scan_annotations (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  position INTEGER NOT NULL,            -- the sequence's
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  strand TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL
) STRICT;
CREATE INDEX scan_annotations_by_place ON scan_annotations (scan, position, start);
`
