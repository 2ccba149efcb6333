INSERT INTO facility (
    id, slug, visibility, name, organization_id, owner, street, postal_code, municipality_id,
    locality, lat, lon, phone, email, website, description, contacts, opening_hours, languages,
    accessibility, source_kind, source_name, updated_at, import_source, import_key,
    documents, hidden, confirmed_at, legal, pictures
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, $24, $25, $26, $27, $28, $29, $30
)
