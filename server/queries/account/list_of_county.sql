SELECT id, email, name, password_hash, county_role, totp_secret, credentials
FROM account
WHERE county_role IS NOT NULL
ORDER BY name, id
