-- "War doch nicht frei": how often people said so of a report. Who they are is nowhere.
CREATE TABLE not_free_report (
    report_sequence BIGINT NOT NULL REFERENCES capacity_report (sequence),
    -- The day in Berlin
    told_on TEXT NOT NULL,
    times BIGINT NOT NULL CHECK (times BETWEEN 1 AND 999),
    -- That day so many had said so that the light carries "wird geprüft"
    under_review BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (report_sequence, told_on)
);

-- What was reported in the last ninety days.
CREATE INDEX capacity_report_by_time ON capacity_report (offer_id, reported_at);
