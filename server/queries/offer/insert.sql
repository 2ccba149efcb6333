INSERT INTO offer (
    id, facility_id, external_id, care_type, label, form, specialty, specialisms, places_total,
    service_area, cost_share_cents, cost_share_as_of, approval, quality_report_url, conditions,
    shares_places_with, source_kind, source_name, import_source
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
)
