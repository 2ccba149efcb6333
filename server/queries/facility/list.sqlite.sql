SELECT f.lat, f.lon, json_object(
    'id', lower(hex(f.id)),
    'slug', f.slug,
    'visibility', f.visibility,
    'hidden', f.hidden,
    'name', f.name,
    'owner', f.owner,
    'street', f.street,
    'postal_code', f.postal_code,
    'locality', f.locality,
    'phone', f.phone,
    'email', f.email,
    'website', f.website,
    'description', f.description,
    'contacts', json(f.contacts),
    'opening_hours', json(f.opening_hours),
    'languages', json(f.languages),
    'accessibility', json(f.accessibility),
    'documents', json(f.documents),
    'pictures', json(f.pictures),
    'source_kind', f.source_kind,
    'source_name', f.source_name,
    'updated_at', f.updated_at,
    'confirmed_at', f.confirmed_at,
    'legal', json(f.legal),
    'organization_id', nullif(lower(hex(f.organization_id)), ''),
    'organization_slug', o.slug,
    'organization_name', o.name,
    'organization_umbrella', o.umbrella,
    'organization_phone', o.phone,
    'organization_email', o.email,
    'organization_website', o.website,
    'municipality_id', nullif(lower(hex(f.municipality_id)), ''),
    'municipality_ags', m.ags,
    'municipality_name', m.name,
    'municipality_aliases', json(m.aliases)
) AS entry, (
    SELECT json_group_array(json_object(
        'id', lower(hex(p.id)),
        'external_id', p.external_id,
        'care_type', p.care_type,
        'label', p.label,
        'form', p.form,
        'specialty', p.specialty,
        'specialisms', json(p.specialisms),
        'places_total', p.places_total,
        'service_area', json(p.service_area),
        'cost_share_cents', p.cost_share_cents,
        'cost_share_as_of', p.cost_share_as_of,
        'approval', p.approval,
        'quality_report_url', p.quality_report_url,
        'conditions', p.conditions,
        'shares_places_with', nullif(lower(hex(p.shares_places_with)), ''),
        'source_kind', p.source_kind,
        'source_name', p.source_name,
        'latest_report', (
            SELECT json_object(
                'sequence', r.sequence,
                'id', lower(hex(r.id)),
                'offer_id', lower(hex(r.offer_id)),
                'total', r.total,
                'free_now', r.free_now,
                'free_from', r.free_from,
                'intake', r.intake,
                'waiting_list', r.waiting_list,
                'waiting_weeks_min', r.waiting_weeks_min,
                'waiting_weeks_max', r.waiting_weeks_max,
                'intake_stop', json(iif(r.intake_stop, 'true', 'false')),
                'intake_stop_until', r.intake_stop_until,
                'only_after_assessment', json(iif(r.only_after_assessment, 'true', 'false')),
                'rooms', r.rooms,
                'for_whom', r.for_whom,
                'remark', r.remark,
                'periods', json(r.periods),
                'weekdays', json(r.weekdays),
                'under_review', json(iif(EXISTS (
                    SELECT 1 FROM not_free_report n WHERE n.report_sequence = r.sequence AND n.under_review
                ), 'true', 'false')),
                'reported_by', r.reported_by,
                'source', r.source,
                'reported_at', r.reported_at,
                'valid_until', r.valid_until
            )
            FROM capacity_report r
            WHERE r.offer_id = p.id
            ORDER BY r.sequence DESC
            LIMIT 1
        )
    ) ORDER BY p.id)
    FROM offer p
    WHERE p.facility_id = f.id AND NOT p.is_withdrawn
) AS offers
FROM facility f
LEFT JOIN organization o ON o.id = f.organization_id
LEFT JOIN municipality m ON m.id = f.municipality_id
WHERE f.id IN (SELECT unhex(value) FROM json_each($1))
