SELECT json_object(
    'id', lower(hex(id)),
    'facility_id', lower(hex(facility_id)),
    'external_id', external_id,
    'care_type', care_type,
    'label', label,
    'form', form,
    'specialty', specialty,
    'specialisms', json(specialisms),
    'places_total', places_total,
    'service_area', json(service_area),
    'cost_share_cents', cost_share_cents,
    'cost_share_as_of', cost_share_as_of,
    'approval', approval,
    'quality_report_url', quality_report_url,
    'conditions', conditions,
    'shares_places_with', nullif(lower(hex(shares_places_with)), ''),
    'source_kind', source_kind,
    'source_name', source_name
) AS entry
FROM offer
WHERE facility_id IN (SELECT unhex(value) FROM json_each($1))
ORDER BY id
