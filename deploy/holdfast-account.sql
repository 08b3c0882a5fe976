-- The account with which Holdfast looks around: roles and lag of the servers, login verifiers, restore points.
-- It reads no table of yours, unless you let it: see the end. Run this once on the primary, as a superuser, in the database that is configured as
-- upstream.account.database, then give the account a password (psql: \password holdfast) and configure
--
--   auth-query: SELECT * FROM holdfast.lookup(?)

CREATE ROLE holdfast LOGIN;

-- Replication lag, who blocks whom, sizes. Read only.
GRANT pg_monitor TO holdfast;

-- The verifiers are in pg_authid, which only superusers may read. This hands out one at a time, and never one that has
-- expired. To keep superusers from logging in through Holdfast, add: AND NOT rolsuper
CREATE SCHEMA holdfast;
REVOKE ALL ON SCHEMA holdfast FROM PUBLIC;
GRANT USAGE ON SCHEMA holdfast TO holdfast;

CREATE FUNCTION holdfast.lookup(login text) RETURNS TABLE (name text, verifier text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT rolname::text, CASE WHEN rolvaliduntil < now() THEN NULL ELSE rolpassword END
    FROM pg_authid
    WHERE rolname = login
$$;
REVOKE ALL ON FUNCTION holdfast.lookup(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION holdfast.lookup(text) TO holdfast;

-- Right before an approved statement runs, a restore point is set: a name in the WAL that a backup can be restored to. By default only
-- superusers may. Leave this out if you do not archive WAL; then the LSN is recorded instead.
GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO holdfast;

-- So that Rails' word for what a database is counts, in each database of a Rails application:
-- GRANT SELECT ON ar_internal_metadata TO holdfast;

-- Who decides is shown how many rows a held UPDATE or DELETE would touch, if the account may read the table: it counts on a follower. Rules
-- with rows-over need it, too, or take every statement on the table for one too many; also on tables that foreign keys lead to.
-- To let it, for some tables or for all:
--
--   GRANT SELECT ON orders, order_items TO holdfast;
--   GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast;
--
-- pg_read_all_data would do, too, but lets it read everybody's password verifiers.
--
-- Tables with row security are counted only with ALTER ROLE holdfast BYPASSRLS.
