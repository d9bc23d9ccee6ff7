/**
 * A scan's sequences and scores in chunks, as they are scored: a row a sequence and a row a number took several times as
 * long to write as the scoring itself. `float32s` is an aggregate that the migration brings along.
 */
export const scanChunksSchema = /* sql */ `
CREATE TABLE scan_chunks (
  scan INTEGER NOT NULL REFERENCES scans ON DELETE CASCADE,
  start INTEGER NOT NULL,               -- position of the first sequence
  sequences TEXT NOT NULL,              -- JSON ChunkSequences
  scores BLOB NOT NULL,                 -- float32, little-endian, [sequences, cell types]
  PRIMARY KEY (scan, start)
) STRICT;
INSERT INTO scan_chunks (scan, start, sequences, scores)
  SELECT scan, 0,
    json_object(
      'names', json_group_array(name ORDER BY position),
      'lines', json_group_array(line ORDER BY position),
      'lengths', json_group_array(length ORDER BY position),
      'fitted', json_group_array(json_array(position, fitted) ORDER BY position) FILTER (WHERE fitted IS NOT NULL)
    ),
    (SELECT float32s(score ORDER BY position, cell_type) FROM scan_scores WHERE scan_scores.scan = scan_sequences.scan)
  FROM scan_sequences GROUP BY scan;
DROP TABLE scan_scores;
DROP TABLE scan_sequences;
`
