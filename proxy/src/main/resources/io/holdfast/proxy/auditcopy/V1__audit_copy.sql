-- Entries of the audit logs of several proxies. A chain is a log that has gone on as it was copied; where one has not, another begins.
-- The line is what was in the file, byte for byte, since it is what the hash is of.
CREATE TABLE holdfast_audit (
    proxy text NOT NULL,
    chain integer NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    line text NOT NULL,
    hash text NOT NULL,
    copied_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    copied_by text NOT NULL DEFAULT session_user,
    PRIMARY KEY (proxy, chain, seq)
);
CREATE INDEX holdfast_audit_order ON holdfast_audit (at, proxy, chain, seq);

-- For everybody, the owner too; deploy/holdfast-audit-copy.sql keeps the proxies from being the owner, who could take it away.
CREATE FUNCTION holdfast_audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was copied of an audit log stays'
        USING ERRCODE = 'insufficient_privilege', HINT = 'deploy/holdfast-audit-copy.sql says how old entries are deleted.';
END
$$;
CREATE TRIGGER holdfast_audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON holdfast_audit
    FOR EACH STATEMENT EXECUTE FUNCTION holdfast_audit_stays();
