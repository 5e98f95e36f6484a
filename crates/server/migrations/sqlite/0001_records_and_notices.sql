-- 0001: records and the notices they were made under.
--
-- Both tables are append-only: a consent is never changed, a later record speaks for itself.
-- Tables are STRICT, so that a value of a wrong type fails when it is written and not years later
-- when it is needed as evidence.
--
-- Binary values are BLOBs although the API writes them as text: 16 bytes instead of a UUID's 36,
-- 32 instead of 43 for a subject, and half of them are in an index too. A record may cost no more
-- than 400 bytes beyond its JSON. `select hex(id)` shows them.

-- Every notice that was ever served. A record is checked against the notice that its person saw,
-- which after an update of the settings is not the one served now; and what was shown is part of
-- the proof of consent.
CREATE TABLE notices (
    -- Records point here: a small number instead of 32 bytes in each of them.
    number          INTEGER PRIMARY KEY,
    site            TEXT    NOT NULL,
    -- SHA-256 over the canonical JSON without its digest.
    digest          BLOB    NOT NULL CHECK (length(digest) = 32),
    -- notice.json, byte for byte as it was first served.
    json            BLOB    NOT NULL,
    -- Milliseconds since 1970, UTC.
    first_served_at INTEGER NOT NULL,
    UNIQUE (site, digest)
) STRICT;

CREATE TABLE records (
    -- The order received. AUTOINCREMENT, so that the number of an erased record is never given
    -- to another; declared, because an undeclared rowid may change in a VACUUM.
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    -- UUIDv7: new ones go to the end of the index, which stays fast as the table grows.
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    site        TEXT    NOT NULL,
    subject     BLOB    NOT NULL CHECK (length(subject) = 32),
    sequence    INTEGER NOT NULL,
    -- No foreign key, and not unique: records may arrive in another order than they were made,
    -- and two tabs may both follow one record.
    previous    BLOB    CHECK (length(previous) = 16),
    -- No record without the notice it was made under.
    notice      INTEGER NOT NULL REFERENCES notices (number),
    -- Milliseconds since 1970, UTC, by the server's clock. Written with exactly three digits of
    -- fraction in the receipt, so that the text can be made again from the number.
    received_at INTEGER NOT NULL,
    -- RFC 8785 canonical JSON; the receipt is made from this, salt and signature.
    record      BLOB    NOT NULL,
    -- SHA-256 of `record`: tells a record sent again from another one with the same id.
    digest      BLOB    NOT NULL CHECK (length(digest) = 32),
    -- Sixteen random bytes. With the record they are the commitment in the log's leaf; without
    -- them nobody can guess the record from it.
    salt        BLOB    NOT NULL CHECK (length(salt) = 16),
    -- Ed25519 over the leaf.
    signature   BLOB    NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- The history of a subject in the order received: an index ends in the row's number by itself.
CREATE INDEX records_by_subject ON records (subject);
