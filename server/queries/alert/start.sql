-- The first to look, or a change log that begins anew.
INSERT INTO alert_position (id, up_to)
VALUES (1, $1)
ON CONFLICT (id) DO UPDATE SET up_to = excluded.up_to WHERE alert_position.up_to > excluded.up_to
