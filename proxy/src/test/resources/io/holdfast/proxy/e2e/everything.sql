-- One of everything that psql has a list for.
CREATE SCHEMA every AUTHORIZATION shop_owner;
COMMENT ON SCHEMA every IS 'one of everything';
SET search_path = every, public;
SET ROLE shop_owner;

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE pair AS (a int, b text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
COMMENT ON DOMAIN positive IS 'above zero';
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE SEQUENCE counter;

CREATE TABLE parent (
    n int PRIMARY KEY,
    t text COLLATE plain DEFAULT 'none',
    m mood,
    g int GENERATED ALWAYS AS (n * 2) STORED,
    CHECK (n <> 13)
);
INSERT INTO parent VALUES (1, 'one', 'ok'), (2, 'two', NULL);
CREATE TABLE child (id bigint GENERATED ALWAYS AS IDENTITY, n int REFERENCES parent ON DELETE CASCADE) INHERITS (parent);
CREATE TABLE parted (at date, n int) PARTITION BY RANGE (at);
CREATE TABLE parted_now PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
CREATE INDEX parted_at ON parted (at);
CREATE UNIQUE INDEX parent_t ON parent (lower(t)) WHERE n > 0;
COMMENT ON TABLE parent IS 'has children';
COMMENT ON COLUMN parent.t IS 'a text';
CREATE STATISTICS parent_stats ON n, t FROM parent;
CREATE VIEW seen AS SELECT n, t FROM parent WHERE n > 0;
CREATE MATERIALIZED VIEW seen_once AS SELECT count(*) FROM parent;
CREATE RULE kept AS ON UPDATE TO seen DO INSTEAD NOTHING;

CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
COMMENT ON FUNCTION twice IS 'doubles';
CREATE FUNCTION edited() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 11';
CREATE FUNCTION noticed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int, initcond = '0');
CREATE OPERATOR *** (rightarg = int, function = twice);
CREATE TRIGGER notice BEFORE INSERT ON parent FOR EACH ROW EXECUTE FUNCTION noticed();
ALTER TABLE parent ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON parent FOR SELECT TO shop_owner USING (n > 0);
GRANT SELECT (n), UPDATE (t) ON parent TO shop_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA every GRANT SELECT ON TABLES TO shop_reader;
CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION spoken (COPY = simple);
CREATE CONVERSION narrow FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE FUNCTION first_of(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (pair AS int) WITH FUNCTION first_of(pair);
RESET ROLE;

CREATE OPERATOR FAMILY shapes USING btree;
RESET search_path;
