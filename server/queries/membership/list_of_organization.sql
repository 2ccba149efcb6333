SELECT a.id, a.name, a.email, m.role, a.totp_secret IS NOT NULL AS has_totp
FROM membership m
JOIN account a ON a.id = m.account_id
WHERE m.organization_id = $1
ORDER BY a.name, a.id
