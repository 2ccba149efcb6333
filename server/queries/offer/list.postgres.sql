SELECT
    id, facility_id, external_id, care_type, label, form, specialty, specialisms, places_total, service_area,
    cost_share_cents, cost_share_as_of, approval, quality_report_url, conditions, shares_places_with,
    source_kind, source_name
FROM offer
WHERE facility_id IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))
ORDER BY id
