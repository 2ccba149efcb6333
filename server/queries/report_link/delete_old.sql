-- Links that have been worth nothing for long: nobody asks about them any more.
DELETE FROM report_link WHERE expires_at < $1 OR revoked_at < $1
