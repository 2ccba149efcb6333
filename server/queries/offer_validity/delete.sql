DELETE FROM offer_validity WHERE offer_id = $1
