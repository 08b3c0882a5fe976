-- Makes the copies of audit logs append-only for the proxies that write them: their login may read and add, and nothing else. Run it once
-- with psql, as a superuser, in the database holdfast_control, after a proxy with audit.copy-as has made the table there.
--
-- Whoever has the login, for instance from a proxy's configuration, can then neither change nor delete what was copied.
CREATE ROLE holdfast_audit_owner NOLOGIN;

-- The owner of a database may drop it and whatever is in it.
ALTER DATABASE holdfast_control OWNER TO holdfast_audit_owner;
GRANT CONNECT ON DATABASE holdfast_control TO holdfast_control;
GRANT USAGE, CREATE ON SCHEMA public TO holdfast_control;

ALTER TABLE holdfast_audit OWNER TO holdfast_audit_owner;
ALTER FUNCTION holdfast_audit_stays() OWNER TO holdfast_audit_owner;
GRANT SELECT, INSERT (proxy, chain, seq, at, kind, line, hash) ON holdfast_audit TO holdfast_control;

-- Old entries are deleted by a superuser, for instance once a month. By number, so that no chain gets a hole:
--
--   BEGIN;
--   SET LOCAL session_replication_role = replica;  -- without the trigger
--   DELETE FROM holdfast_audit AS a USING (
--       SELECT proxy, chain, max(seq) AS seq FROM holdfast_audit WHERE at < now() - interval '2 years' GROUP BY proxy, chain) AS old
--   WHERE a.proxy = old.proxy AND a.chain = old.chain AND a.seq <= old.seq;
--   COMMIT;
