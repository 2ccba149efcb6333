INSERT INTO offer_validity (offer_id, days) VALUES ($1, $2)
ON CONFLICT (offer_id) DO UPDATE SET days = excluded.days
