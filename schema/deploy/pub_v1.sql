-- Deploy taster:pub_v1 to pg
-- What anybody may read: the second level, with words and names. Views hide
-- columns and run as their owner; what is below the floor is not there at all.

BEGIN;

SET LOCAL ROLE taster_owner;

\ir pub/v1_cell.sql
\ir pub/v1_forgery.sql
\ir pub/v1_domain.sql
\ir pub/v1_evidence.sql

\ir pub/column_words.sql
\ir pub/v1_comments.sql

GRANT SELECT ON ALL TABLES IN SCHEMA pub TO taster_reader, taster_analyst;

COMMIT;
