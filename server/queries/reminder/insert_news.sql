INSERT INTO reminded (account_id, offer_id, report_sequence, kind, reminded_at) VALUES ($1, $2, $3, $4, $5)
