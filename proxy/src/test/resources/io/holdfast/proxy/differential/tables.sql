ALTER SCHEMA public OWNER TO shop_owner;
SET ROLE shop_owner;
CREATE TABLE item (id int PRIMARY KEY, name text, price numeric(8,2));
INSERT INTO item VALUES (1, 'one', 1.50), (2, 'two', NULL), (3, 'three', 3);
CREATE TABLE note (id int PRIMARY KEY, body text NOT NULL);
CREATE TABLE part (id int PRIMARY KEY, item int REFERENCES item DEFERRABLE INITIALLY DEFERRED);
CREATE FUNCTION complain(what text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE 'complaint: %', what USING HINT = 'no hint', DETAIL = 'no detail';
  RETURN what;
END $$;
CREATE PROCEDURE add_two(first int) LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO note VALUES (first, 'first');
  COMMIT;
  INSERT INTO note VALUES (first + 1, 'second');
END $$;
RESET ROLE;
