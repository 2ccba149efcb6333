SELECT content, source_name, fingerprint, proposed_at, is_decided FROM proposal WHERE facility_id = $1
