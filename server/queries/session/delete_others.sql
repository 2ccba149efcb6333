DELETE FROM session WHERE account_id = $1 AND key_hash <> $2
