SELECT
    l.id, l.organization_id, o.slug AS organization_slug, o.name AS organization_name, l.account_id,
    a.name AS account_name, l.label, l.created_at, l.expires_at, l.revoked_at, l.used_at
FROM report_link l
JOIN organization o ON o.id = l.organization_id
LEFT JOIN account a ON a.id = l.account_id
WHERE l.token_hash = $1
-- Whoever has left the organization has no link of it any more.
AND (l.account_id IS NULL OR EXISTS (
    SELECT 1 FROM membership m
    WHERE m.account_id = l.account_id AND m.organization_id = l.organization_id
))
