-- Mail that tells the county's people that something waits for them.

-- Whether somebody wants it.
ALTER TABLE account ADD COLUMN wants_county_mail INTEGER NOT NULL DEFAULT 1;
-- When they were last told; NULL: they have looked since.
ALTER TABLE account ADD COLUMN county_told_at INTEGER;

-- Whether somebody has done the same a moment ago.
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, recorded_at);
