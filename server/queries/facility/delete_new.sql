DELETE FROM facility
WHERE id = $1
    AND visibility = 'draft'
    AND hidden IS NULL
    AND import_key IS NULL
    AND NOT EXISTS (SELECT 1 FROM offer WHERE facility_id = $1)
    AND NOT EXISTS (SELECT 1 FROM entry_version WHERE facility_id = $1)
