SELECT l.id, l.words, l.care_types, l.specialisms, l.same_as, l.author_id, a.name AS author_name, l.changed_at
FROM lexicon_line l
LEFT JOIN account a ON a.id = l.author_id
ORDER BY l.id
