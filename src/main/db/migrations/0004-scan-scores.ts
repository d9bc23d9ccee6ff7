/**
 * The scores of a scan as vectors, as all other long vectors are kept: a row a number took three times as long to write as
 * the scoring itself. `float32s` is an aggregate that the migration brings along.
 */
export const scanScoresSchema = /* sql */ `
CREATE TABLE scan_score_chunks (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  start INTEGER NOT NULL,               -- position of the first sequence
  scores BLOB NOT NULL,                 -- float32, little-endian, [sequences, cell types]
  PRIMARY KEY (scan, start)
) STRICT;
INSERT INTO scan_score_chunks (scan, start, scores)
  SELECT scan, 0, float32s(score ORDER BY position, cell_type) FROM scan_scores GROUP BY scan;
DROP TABLE scan_scores;
`
