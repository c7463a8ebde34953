-- Deploy taster:sum_up to pg
-- Makes what is published over all days, and does all that is due.

BEGIN;

SET LOCAL ROLE taster_owner;
SET LOCAL check_function_bodies = off;

\ir roll_up/fresh_total.sql
\ir roll_up/fresh_injector.sql
\ir roll_up/fresh_control.sql
\ir roll_up/sum_up.sql

-- What the collector names: domains, networks, owners of addresses.
GRANT SELECT ON taster.domain_total, taster.network_total, taster.hop_day,
    taster.forged_address_total, taster.control_total TO taster_judge;

COMMIT;
