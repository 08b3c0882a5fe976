-- What the ways around are tried on: a victim, and code of the developers that empties it from places where no text shows it.
CREATE SCHEMA bypass AUTHORIZATION shop_owner;
CREATE SCHEMA bypass_evil AUTHORIZATION shop_owner;
SET ROLE shop_owner;
SET search_path = bypass;

CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE victim (id int PRIMARY KEY, n int, flag boolean, parent int REFERENCES parent ON DELETE CASCADE, gone int);
CREATE TABLE other (id int PRIMARY KEY, data text);
INSERT INTO other SELECT id, 'x' FROM generate_series(1, 3) id;

CREATE FUNCTION vdel() RETURNS int LANGUAGE sql AS 'DELETE FROM bypass.victim; SELECT 1';
CREATE FUNCTION stb() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN PERFORM bypass.vdel(); RETURN 1; END';
CREATE FUNCTION imm() RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM bypass.vdel(); RETURN 1; END';
CREATE FUNCTION imm(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM bypass.vdel(); RETURN 1; END';
CREATE FUNCTION hidden() RETURNS int STABLE LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN EXECUTE 'SELECT bypass.' || 'vdel()' INTO n; RETURN n; END $$;
CREATE FUNCTION hidden(int, int) RETURNS int LANGUAGE sql AS 'SELECT bypass.hidden()';
CREATE VIEW hiding AS SELECT hidden();
CREATE OPERATOR #### (LEFTARG = int, RIGHTARG = int, FUNCTION = hidden);
CREATE FUNCTION delme(other) RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';
CREATE FUNCTION opdel(int, int) RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';
CREATE OPERATOR ### (LEFTARG = int, RIGHTARG = int, FUNCTION = opdel);
CREATE TYPE ct AS (a int);
CREATE FUNCTION castdel(ct) RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';
CREATE CAST (ct AS int) WITH FUNCTION castdel(ct);
CREATE FUNCTION chk(int) RETURNS boolean LANGUAGE sql AS 'SELECT bypass.vdel() = 1';
CREATE DOMAIN dd AS int CHECK (chk(VALUE));
CREATE AGGREGATE agx(int) (SFUNC = opdel, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT vdel() AS n;
CREATE PROCEDURE pc() LANGUAGE sql AS 'DELETE FROM bypass.victim';

CREATE TABLE guarded (id int);
INSERT INTO guarded VALUES (1);
CREATE FUNCTION poldel() RETURNS boolean SECURITY DEFINER LANGUAGE sql AS 'SELECT bypass.vdel() = 1';
CREATE POLICY p ON guarded USING (poldel());
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE TABLE audit_log (x int);
CREATE RULE r AS ON INSERT TO audit_log DO ALSO DELETE FROM bypass.victim;
CREATE VIEW harmless AS SELECT * FROM other;
CREATE RULE r AS ON UPDATE TO harmless DO INSTEAD DELETE FROM bypass.victim;

CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM bypass.vdel(); RETURN NEW; END';
CREATE VIEW instead AS SELECT 1 AS x;
CREATE TRIGGER t INSTEAD OF INSERT ON instead FOR EACH ROW EXECUTE FUNCTION trg();
CREATE TABLE triggered (x int);
CREATE TRIGGER t BEFORE INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION trg();
CREATE TABLE deferred (x int);
CREATE CONSTRAINT TRIGGER t AFTER INSERT ON deferred DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trg();
CREATE MATERIALIZED VIEW mv AS SELECT vdel() WITH NO DATA;
CREATE TABLE indexed AS SELECT 1 AS id;
CREATE TABLE rewritten AS SELECT 1 AS id;
CREATE TABLE checked AS SELECT 1 AS id;
CREATE TABLE partitioned (id int) PARTITION BY LIST (id);
CREATE TABLE part PARTITION OF partitioned DEFAULT;

CREATE FUNCTION bypass_evil.now() RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';
CREATE FUNCTION bypass_evil.plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';
CREATE OPERATOR bypass_evil.+ (LEFTARG = int, RIGHTARG = int, FUNCTION = bypass_evil.plus);
CREATE FUNCTION bypass_evil.lower(varchar) RETURNS int LANGUAGE sql AS 'SELECT bypass.vdel()';

RESET ROLE;
CREATE FUNCTION bypass.evt() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM bypass.vdel(); END';
CREATE EVENT TRIGGER bypass_statistics ON ddl_command_end WHEN TAG IN ('CREATE STATISTICS')
    EXECUTE FUNCTION bypass.evt();

CREATE EXTENSION postgres_fdw;
CREATE EXTENSION dblink SCHEMA bypass;
