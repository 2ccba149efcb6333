SELECT json_build_object(
    'id', id,
    'facility_id', facility_id,
    'external_id', external_id,
    'care_type', care_type,
    'label', label,
    'form', form,
    'specialty', specialty,
    'specialisms', specialisms,
    'places_total', places_total,
    'service_area', service_area,
    'cost_share_cents', cost_share_cents,
    'cost_share_as_of', cost_share_as_of,
    'approval', approval,
    'quality_report_url', quality_report_url,
    'conditions', conditions,
    'shares_places_with', shares_places_with,
    'source_kind', source_kind,
    'source_name', source_name
) AS entry
FROM offer
WHERE facility_id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
ORDER BY id
