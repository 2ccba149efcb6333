-- What people may want to read before they come: title and web address, as one document.

ALTER TABLE facility ADD COLUMN documents JSONB NOT NULL DEFAULT '[]';
