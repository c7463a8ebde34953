-- Deploy taster:network_snapshot to pg
-- Which tables of networks were in use: what is derived from addresses (owner,
-- country) names the snapshot that it came from.

BEGIN;

SET LOCAL ROLE taster_owner;

CREATE TABLE taster.network_snapshot (
    snapshot   text        PRIMARY KEY,
    source     text        NOT NULL,
    taken      date        NOT NULL,
    digest     bytea       NOT NULL,
    first_time timestamptz NOT NULL DEFAULT now(),

    CONSTRAINT snapshot_is_not_empty CHECK (snapshot <> ''),
    CONSTRAINT digest_is_32_bytes    CHECK (length(digest) = 32)
);

COMMENT ON TABLE taster.network_snapshot IS
    'Tables of prefixes, their AS and their country that a collector used.';
COMMENT ON COLUMN taster.network_snapshot.snapshot IS
    'Source, day and the beginning of the digest, between slashes.';
COMMENT ON COLUMN taster.network_snapshot.source IS
    'Packages with their versions, or the name of a file.';
COMMENT ON COLUMN taster.network_snapshot.taken IS
    'The day that the data is of.';
COMMENT ON COLUMN taster.network_snapshot.digest IS
    'BLAKE2b-256 over the BLAKE2b-256 of each file.';
COMMENT ON COLUMN taster.network_snapshot.first_time IS
    'When a collector first started with it.';

GRANT SELECT, INSERT ON taster.network_snapshot TO taster_ingest;
GRANT SELECT ON taster.network_snapshot TO taster_judge;

COMMIT;
