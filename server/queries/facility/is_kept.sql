SELECT EXISTS (SELECT 1 FROM facility WHERE id = $1 AND hidden IS NOT NULL)
    OR EXISTS (SELECT 1 FROM draft WHERE facility_id = $1)
    OR EXISTS (SELECT 1 FROM entry_version WHERE facility_id = $1)
    OR EXISTS (SELECT 1 FROM notice WHERE facility_id = $1 AND kind = 'claim' AND state = 'accepted')
    OR EXISTS (
        SELECT 1
        FROM facility f
        JOIN membership m ON m.organization_id = f.organization_id
        WHERE f.id = $1
    )
