DELETE FROM mail WHERE recipient = $1
