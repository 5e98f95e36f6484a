-- 0001: sites, notices and records.
--
-- The same shapes as on SQLite (migrations/sqlite, where each decision is told), so that a ledger moves
-- from one to the other record by record. What differs is told here.
--
-- Everything is in a schema of its own: the database may be shared with the site's own tables.

CREATE TABLE zhiqing.sites (
    number           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id               text    NOT NULL UNIQUE,
    -- The position of the next record. Whoever appends locks this row until the commit: of several servers on
    -- one database each sees the records of the one before, and no position is given twice or left out.
    size             bigint  NOT NULL DEFAULT 0,
    last_received_at bigint  NOT NULL DEFAULT 0
)
-- The row is written with every batch: room for its next version in the same page.
WITH (fillfactor = 10);

CREATE TABLE zhiqing.notices (
    number          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site            text    NOT NULL,
    digest          bytea   NOT NULL CHECK (length(digest) = 32),
    json            bytea   NOT NULL,
    first_served_at bigint  NOT NULL,
    UNIQUE (site, digest)
);

CREATE TABLE zhiqing.records (
    -- The wide fixed columns first, then the short ones: nothing is padded in between.
    position    bigint  NOT NULL CHECK (position >= 0),
    -- Milliseconds since 1970, not a timestamp: a receipt's text is made again from it, to the digit.
    received_at bigint  NOT NULL,
    site        integer NOT NULL REFERENCES zhiqing.sites (number),
    notice      integer NOT NULL REFERENCES zhiqing.notices (number),
    id          bytea   NOT NULL UNIQUE CHECK (length(id) = 16),
    subject     bytea   NOT NULL CHECK (length(subject) = 32),
    salt        bytea   NOT NULL CHECK (length(salt) = 16),
    signature   bytea   NOT NULL CHECK (length(signature) = 64),
    -- Canonical JSON as bytes. Not json or jsonb: those are free to write it otherwise.
    record      bytea   NOT NULL,
    PRIMARY KEY (site, position)
);

-- In the row, uncompressed: a record is about a kilobyte, and its bytes are evidence that any tool should
-- find as they are.
ALTER TABLE zhiqing.records ALTER COLUMN record SET STORAGE EXTERNAL;

-- In segments, as migrations/sqlite/0002 tells, but of 2^20 positions: a batch writes only what is
-- new in a page to PostgreSQL's log, and the page as a whole once after a checkpoint. So the part that is
-- written may be larger, some 40 MB, and a history is looked for in ten segments among ten million records.
CREATE INDEX records_by_subject
    ON zhiqing.records (site, (position >> 20), substring(subject FROM 1 FOR 4));

CREATE TABLE zhiqing.pulse (
    number  integer PRIMARY KEY CHECK (number = 1),
    at      bigint  NOT NULL,
    ballast bytea   NOT NULL
);
-- What is compressed takes no room.
ALTER TABLE zhiqing.pulse ALTER COLUMN ballast SET STORAGE EXTERNAL;
INSERT INTO zhiqing.pulse VALUES (1, 0, '');
