INSERT INTO lexicon_line (id, words, care_types, specialisms, same_as, author_id, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE SET
    words = excluded.words,
    care_types = excluded.care_types,
    specialisms = excluded.specialisms,
    same_as = excluded.same_as,
    author_id = excluded.author_id,
    changed_at = excluded.changed_at
