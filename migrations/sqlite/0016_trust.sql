-- "War doch nicht frei": how often people said so of a report. Who they are is nowhere.
CREATE TABLE not_free_report (
    report_sequence INTEGER NOT NULL REFERENCES capacity_report (sequence),
    -- The day in Berlin
    told_on TEXT NOT NULL,
    times INTEGER NOT NULL CHECK (times BETWEEN 1 AND 999),
    -- That day so many had said so that the light carries "wird geprüft"
    under_review INTEGER NOT NULL DEFAULT 0 CHECK (under_review IN (0, 1)),
    PRIMARY KEY (report_sequence, told_on)
) STRICT;

-- What was reported in the last ninety days.
CREATE INDEX capacity_report_by_time ON capacity_report (offer_id, reported_at);
