SELECT u.remind_on, u.note, a.name AS author, u.noted_at
FROM follow_up u
LEFT JOIN account a ON a.id = u.author_id
WHERE u.facility_id = $1
