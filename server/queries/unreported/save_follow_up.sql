INSERT INTO follow_up (facility_id, remind_on, note, author_id, noted_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (facility_id) DO UPDATE SET
    remind_on = excluded.remind_on, note = excluded.note, author_id = excluded.author_id, noted_at = excluded.noted_at
