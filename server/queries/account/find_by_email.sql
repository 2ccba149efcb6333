SELECT id, email, name, password_hash, county_role, totp_secret, credentials
FROM account
WHERE email = $1
