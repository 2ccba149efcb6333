SELECT content, source_name, proposed_at, is_decided FROM proposal WHERE facility_id = $1
