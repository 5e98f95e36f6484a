-- 0002: one order per site, and a history that is found as fast among ten million records as among
-- ten thousand.
--
-- A record's place is its site and its position there: 0, 1, 2 … without a gap, in the order received.
-- It is what a log of the site is numbered by, and the same on any database that a ledger is moved to.
--
-- What a record says itself (its sequence, the record before it) and what can be made from it (its
-- digest) had columns that nobody read.

CREATE TABLE sites (
    -- Records point here: a small number instead of a name in each of them and in each index.
    number           INTEGER PRIMARY KEY,
    id               TEXT    NOT NULL UNIQUE,
    -- How many records the site has: the position of the next.
    size             INTEGER NOT NULL DEFAULT 0,
    -- Of the last record, milliseconds since 1970, UTC; a clock that is far behind it is wrong.
    last_received_at INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO sites (id, size, last_received_at)
SELECT known.site, count(records.id), coalesce(max(records.received_at), 0)
FROM (SELECT site FROM notices UNION SELECT site FROM records) AS known
LEFT JOIN records ON records.site = known.site
GROUP BY known.site;

CREATE TABLE placed (
    number      INTEGER PRIMARY KEY,
    site        INTEGER NOT NULL REFERENCES sites (number),
    position    INTEGER NOT NULL CHECK (position >= 0),
    -- UUIDv7: new ones go to the end of the index, which stays fast as the table grows.
    id          BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    subject     BLOB    NOT NULL CHECK (length(subject) = 32),
    -- No record without the notice it was made under.
    notice      INTEGER NOT NULL REFERENCES notices (number),
    -- Milliseconds since 1970, UTC, by the server's clock. Written with exactly three digits of
    -- fraction in the receipt, so that the text can be made again from the number.
    received_at INTEGER NOT NULL,
    -- Sixteen random bytes. With the record they are the commitment in the log's leaf; without
    -- them nobody can guess the record from it.
    salt        BLOB    NOT NULL CHECK (length(salt) = 16),
    -- Ed25519 over the leaf.
    signature   BLOB    NOT NULL CHECK (length(signature) = 64),
    -- RFC 8785 canonical JSON; the receipt is made from this, salt and signature. Last, because it
    -- is long, and what is behind it would be read through it.
    record      BLOB    NOT NULL,
    UNIQUE (site, position)
) STRICT;

INSERT INTO placed (site, position, id, subject, notice, received_at, salt, signature, record)
SELECT sites.number,
       row_number() OVER (PARTITION BY records.site ORDER BY records.number) - 1,
       records.id, subject, notice, received_at, salt, signature, record
FROM records JOIN sites ON sites.id = records.site
ORDER BY records.number;

DROP TABLE records;
ALTER TABLE placed RENAME TO records;

-- The history of a subject. Subjects are digests: in one index of all of them each record goes to a page
-- of its own, which at ten million records is written for that record alone. So the index is cut into
-- segments of 2^17 positions: what is written lies within one of them, of some 2 MB, and a history
-- is looked for in each (77 of them among ten million). Four bytes tell subjects apart well enough; the
-- rest is compared in the record.
CREATE INDEX records_by_subject ON records (site, position >> 17, substr(subject, 1, 4));

-- Whoever asks whether a record could be kept now writes here: only a write that was synced tells.
CREATE TABLE pulse (
    number  INTEGER PRIMARY KEY CHECK (number = 1),
    -- Milliseconds since 1970, UTC.
    at      INTEGER NOT NULL,
    -- Nothing, or as much as a batch of records: a disk may have room for a number and for no record.
    ballast BLOB    NOT NULL
) STRICT;
INSERT INTO pulse VALUES (1, 0, x'');
