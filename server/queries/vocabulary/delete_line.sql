DELETE FROM lexicon_line WHERE id = $1
